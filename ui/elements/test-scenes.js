//! What the test sale shows in each of its states, as nodes: offered, at the terminal, charged, voided, or not certain.
// @ts-check
import { explainPayment } from '../lib/codes.js';
import { el, element } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { lookOf, paidWithText } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { sentences, t } from '../lib/text.js';
import { timeline } from '../lib/timeline.js';

/**
 * @import { PaymentState, PaymentView, TestSaleView } from '../types/ipc.js'
 * @import { IconName } from '../lib/icons.js'
 * @typedef {'offer' | 'working' | 'charged' | 'voided' | 'no' | 'open' | 'by_hand'} TestScene
 * @typedef {object} Does
 * @property {(amount: string) => void} charge
 * @property {(sale: PaymentView) => void} voidIt
 * @property {(payment: PaymentView) => void} check
 */

/** @type {Record<PaymentState, TestScene>} */
const SCENES = {
  prepared: 'working', sent: 'working', approved: 'charged', charged_by_hand: 'charged', declined: 'no', not_charged: 'no',
  not_charged_by_hand: 'by_hand', voided: 'voided', pending: 'open', unknown: 'open', void_in_doubt: 'open',
};
const OPEN = new Set(['pending', 'unknown', 'void_in_doubt']);
const WORKING = new Set(['prepared', 'sent']);

/**
 * The scene, and the payment that it is about: the void while one is on its way or in doubt.
 * @param {PaymentView | null} sale @param {PaymentView | null} voided
 * @returns {{ scene: TestScene, about: PaymentView | null }}
 */
export function sceneOf(sale, voided) {
  if (!sale) return { scene: 'offer', about: null };
  if (voided && (WORKING.has(voided.state) || OPEN.has(voided.state) || !voided.saved || voided.conflict)) {
    return { scene: WORKING.has(voided.state) && voided.saved && !voided.conflict ? 'working' : 'open', about: voided };
  }
  // The void went through, and its sale has not been read again yet.
  if (voided?.state === 'approved' && sale.state === 'approved') return { scene: 'working', about: voided };
  if (!sale.saved || sale.conflict) return { scene: 'open', about: sale };
  return { scene: SCENES[sale.state], about: sale };
}

/** @param {TestSaleView} view @param {Does} does @param {string} [title] */
export function offer(view, does, title) {
  const [least = ''] = view.amounts;
  if (view.terminal === null) {
    return [mark('terminal', 'quiet'), heading(title ?? t('test.title')), el('p', { class: 'soft hint' }, t('test.no_terminal')),
      el('div', { class: 'actions' }, link('#/terminals', 'test.to_terminals', true), later())];
  }
  const go = el('button', { type: 'button', class: 'main', 'data-charge': least }, el('span', {}, t('test.charge', { amount: money(least, view.currency) })), el('kbd', { 'aria-hidden': 'true' }, 'Enter'));
  go.addEventListener('click', () => does.charge(go.dataset.charge ?? least));
  const choose = (/** @type {string} */ amount) => {
    go.dataset.charge = amount;
    go.firstElementChild?.replaceChildren(t('test.charge', { amount: money(amount, view.currency) }));
  };
  return [
    mark('card', 'quiet'),
    heading(title ?? t('test.title')),
    el('p', { class: 'soft hint' }, t('test.lead')),
    el('p', { class: `warn-box ${view.realMoney}` }, icon(view.realMoney === 'no' ? 'info' : 'warning'), el('span', {}, t(`test.real.${view.realMoney}`))),
    el('fieldset', { class: 'test-amounts' }, el('legend', { class: 'for-readers' }, t('test.amount')),
      el('div', { class: 'segments' }, ...view.amounts.map((amount) =>
        el('label', {}, el('input', { type: 'radio', name: 'amount', value: amount, checked: amount === least, onchange: () => choose(amount) }), el('span', { class: 'money' }, money(amount, view.currency)))))),
    el('p', { class: 'small soft' }, sentences(t('test.amount_why'), t('test.on', { terminal: view.terminal }))),
    el('div', { class: 'actions' }, go, later()),
    el('p', { class: 'small soft foot' }, t('test.later_where')),
  ];
}

/** @param {PaymentView} about */
export function working(about) {
  const isVoid = about.kind === 'void';
  return [
    el('p', { class: 'where soft' }, icon('terminal'), about.terminalName || about.terminalId),
    amountOf(about),
    heading(t(isVoid ? 'test.voiding' : 'wait.card')),
    el('p', { class: 'soft hint' }, isVoid ? t('void.working', { terminal: about.terminalName || about.terminalId }) : t('test.working')),
    element('kaunter-countdown', { from: about.sentAt, until: about.deadlineAt }),
    el('p', { class: 'small soft foot' }, isVoid ? '' : t('wait.no_recall')),
    reference(about),
  ];
}

/** @param {PaymentView} sale @param {PaymentView | null} voided @param {Does} does */
export function charged(sale, voided, does) {
  return [
    mark('check', 'good'),
    heading(t(lookOf(sale).word), 'verdict good'),
    amountOf(sale),
    el('p', { class: 'soft hint' }, paidWithText(sale)),
    voided
      ? el('p', { class: 'warn-box' }, icon('warning'), el('span', {}, sentences(t('test.void_failed'), explainPayment(voided).what, explainPayment(voided).todo)))
      : el('p', { class: 'hint' }, t('test.approved')),
    el('div', { class: 'actions' },
      sale.actions.includes('void') ? el('button', { type: 'button', class: 'main', 'data-main': true, onclick: () => does.voidIt(sale) }, t('test.void')) : null,
      later()),
    reference(sale),
  ];
}

/** @param {PaymentView} sale */
export function voided(sale) {
  return [
    mark('check', 'good'),
    heading(t('test.voided'), 'verdict'),
    el('p', { class: 'soft hint' }, t('void.done', { amount: money(sale.amount, sale.currency) })),
    el('div', { class: 'actions' }, link('#/sell', 'test.sell', true)),
    reference(sale),
  ];
}

/** No money was taken, and why; it may be tried again. @param {PaymentView} sale @param {TestSaleView} view @param {Does} does */
export function no(sale, view, does) {
  const look = lookOf(sale);
  const { what, money: moved, todo } = explainPayment(sale);
  const why = what === '' ? (sale.reason ? t('test.decided') : t('test.declined')) : sentences(what, moved, todo);
  const again = offer(view, does, t('test.again')).slice(3);
  return [mark(look.icon, look.tone), heading(t(look.word), `verdict ${look.tone}`), el('p', { class: 'hint' }, why), ...again, reference(sale)];
}

/** Nobody knows yet. @param {PaymentView} about @param {Does} does */
export function open(about, does) {
  const look = lookOf(about);
  const words = about.conflict ? t('test.conflict') : t(about.kind === 'void' ? 'test.void_unknown' : 'test.unknown');
  return [
    el('span', { class: `badge big ${look.tone}` }, icon(look.icon), t(look.word)),
    amountOf(about),
    heading(words),
    timeline(about),
    el('div', { class: 'actions' },
      about.actions.includes('check_status') ? el('button', { type: 'button', 'data-action': 'check_status', onclick: () => does.check(about) }, t('action.check_status')) : null,
      link(`#/unresolved/${about.reference}`, 'test.to_unresolved', true),
      later()),
    reference(about),
  ];
}

/** @param {IconName} name @param {string} tone */
const mark = (name, tone) => el('span', { class: `verdict-mark ${tone}` }, icon(name));

/** @param {string} words @param {string | null} [look] */
const heading = (words, look = null) => el('h1', { id: 'verdict', class: look }, words);

/** @param {PaymentView} payment */
const amountOf = (payment) => el('p', { class: 'amount money' }, money(payment.amount, payment.currency));

/** @param {PaymentView} payment */
const reference = (payment) => el('p', { class: 'code' }, t('pay.reference', { reference: payment.reference }));

/** @param {string} to @param {import('../lib/text.js').TextKey} words @param {boolean} [main] */
const link = (to, words, main = false) => el('a', { class: main ? 'button main' : 'button', href: to, 'data-main': main }, t(words));

const later = () => link('#/sell', 'test.later');
