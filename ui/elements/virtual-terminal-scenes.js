//! What the screen and the slip of a virtual terminal show, as nodes.
// @ts-check
import { el } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { money } from '../lib/money.js';
import { t } from '../lib/text.js';
import { hourMinute, terminalMoment } from '../lib/time.js';
import { qrCode } from './qr-code.js';

/**
 * @import { Method, TerminalAct, TerminalTask, TerminalVerdict, VirtualTerminalView } from '../types/ipc.js'
 * @import { IconName } from '../lib/icons.js'
 * @import { TextKey } from '../lib/text.js'
 */

/** @type {Record<TerminalTask, TextKey>} */
const TASKS = { sale: 'vt.task.sale', cash_out: 'vt.task.cash_out', void: 'vt.task.void' };
/** @type {Record<Method, TextKey>} */
const ASKS = { bankCard: 'vt.screen.card', qrCustScan: 'vt.screen.scan', qrMerchScan: 'vt.screen.show' };
/** @type {Record<TerminalVerdict, { word: TextKey, icon: IconName }>} */
const VERDICTS = {
  approved: { word: 'vt.end.approved', icon: 'check' },
  declined: { word: 'vt.end.declined', icon: 'cross' },
  pending: { word: 'vt.end.pending', icon: 'clock' },
  cancelled: { word: 'vt.end.cancelled', icon: 'none' },
  no_answer: { word: 'vt.end.no_answer', icon: 'question' },
  failed: { word: 'vt.end.failed', icon: 'warning' },
};

/** Why a bank or a wallet says no. @param {VirtualTerminalView} view @returns {[TerminalAct, TextKey][]} */
export function reasonsFor(view) {
  /** @type {[TerminalAct, TextKey][]} */
  const all = [['no_funds', 'vt.why.no_funds'], ['wrong_pin', 'vt.why.wrong_pin'], ['expired', 'vt.why.expired'], ['over_limit', 'vt.why.over_limit'], ['do_not_honour', 'vt.why.do_not_honour']];
  // A wallet has codes of its own, and a void is refused in one way only.
  if (view.task === 'void') return [['no_funds', 'vt.why.void']];
  return view.method === 'bankCard' || view.method === null ? all : all.slice(0, 1);
}

/** @param {VirtualTerminalView} view @param {string | null} pin @returns {Element[]} */
export function screenOf(view, pin) {
  if (!view.plugged && view.shows !== 'works') return [icon('warning'), big(t('vt.screen.unplugged')), small(t('vt.screen.unplugged_why'))];
  switch (view.shows) {
    case 'idle':
      return [small(view.storeName), big(t('customer.welcome')), small(hourMinute(new Date()))];
    case 'works':
      return [...head(view), el('span', { class: 'vt-working', 'aria-hidden': 'true' }), small(t('vt.screen.works'))];
    case 'ended':
      return ended(view);
    case 'asks':
      return pin === null ? asked(view) : [...head(view), small(t('vt.screen.pin')), el('p', { class: 'vt-pin', 'aria-label': t('vt.screen.pin_digits', { count: pin.length }), role: 'img' }, '•'.repeat(pin.length) || '–'), small(t('vt.screen.pin_hint'))];
  }
}

/** @param {VirtualTerminalView} view */
function asked(view) {
  if (view.task === 'void' || view.method === null) return [...head(view), small(t('vt.screen.confirm'))];
  const ask = small(view.wallet ? t('vt.screen.wallet', { ask: t(ASKS[view.method]), wallet: view.wallet }) : t(ASKS[view.method]));
  if (view.qr) return [...head(view), qrCode(view.qr, t('vt.screen.qr')), ask];
  return [...head(view), icon(view.method === 'bankCard' ? 'card' : 'scan'), ask];
}

/** @param {VirtualTerminalView} view */
function ended(view) {
  const { word, icon: picture } = VERDICTS[view.verdict ?? 'failed'];
  const code = view.slip && view.verdict !== 'approved' && view.slip.responseCode !== '' ? t('vt.screen.code', { code: view.slip.responseCode }) : '';
  return [icon(picture), big(t(word)), amount(view), code === '' ? small(view.slip?.approvalCode ? t('vt.screen.approval', { code: view.slip.approvalCode }) : '') : small(code)];
}

/** @param {VirtualTerminalView} view */
const head = (view) => [small(t(TASKS[view.task ?? 'sale'])), amount(view), ...(view.cash === null ? [] : [small(t('vt.screen.cash', { cash: money(view.cash, view.currency) }))])];

/** @param {VirtualTerminalView} view */
const amount = (view) => el('p', { class: 'vt-amount money' }, view.amount === '' ? '' : money(view.amount, view.currency));
/** @param {string} words */
const big = (words) => el('p', { class: 'vt-big' }, words);
/** @param {string} words */
const small = (words) => el('p', { class: 'vt-small' }, words);

/** The slip that the terminal prints. @param {VirtualTerminalView} view */
export function slipOf(view) {
  const { slip } = view;
  if (!slip) return [];
  const { word } = VERDICTS[view.verdict ?? 'failed'];
  /** @type {[string, string][]} */
  const rows = [
    [t('vt.slip.terminal'), view.id],
    [t('vt.slip.time'), terminalMoment(slip.at)],
    [t('vt.slip.invoice'), slip.invoice],
    [t('vt.slip.number'), slip.number],
    [slip.paidWith, slip.card ?? ''],
    ...(slip.approvalCode ? /** @type {[string, string][]} */ ([[t('vt.slip.approval'), slip.approvalCode]]) : []),
    [t(TASKS[view.task ?? 'sale']), view.amount === '' ? '' : money(view.amount, view.currency)],
  ];
  return [
    el('p', { class: 'vt-slip-store' }, view.storeName),
    el('dl', {}, ...rows.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))),
    el('p', { class: 'vt-slip-verdict' }, t(word)),
    el('p', { class: 'vt-slip-training' }, t('training.stripe')),
  ];
}
