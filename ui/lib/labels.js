//! How payments, terminals and people are called on the screen, in one place for all screens.
// @ts-check
import { icon } from './icons.js';
import { el } from './dom.js';
import { foundText } from './codes.js';
import { money } from './money.js';
import { t } from './text.js';

/**
 * @import { Grade, PaymentState, PaymentView, TerminalView } from '../types/ipc.js'
 * @import { IconName } from './icons.js'
 * @import { TextKey } from './text.js'
 * @typedef {'good' | 'bad' | 'wait' | 'quiet'} Tone
 * @typedef {{ tone: Tone, icon: IconName, word: TextKey }} Look
 */

/** @type {Record<PaymentState, Look>} */
const SALE_LOOKS = {
  prepared: { tone: 'quiet', icon: 'clock', word: 'state.prepared' },
  sent: { tone: 'quiet', icon: 'terminal', word: 'state.sent' },
  approved: { tone: 'good', icon: 'check', word: 'state.approved' },
  declined: { tone: 'bad', icon: 'cross', word: 'state.declined' },
  not_charged: { tone: 'quiet', icon: 'none', word: 'state.not_charged' },
  pending: { tone: 'wait', icon: 'clock', word: 'state.pending' },
  unknown: { tone: 'wait', icon: 'question', word: 'state.unknown' },
  voided: { tone: 'bad', icon: 'undo', word: 'state.voided' },
  void_in_doubt: { tone: 'wait', icon: 'question', word: 'state.void_in_doubt' },
  charged_by_hand: { tone: 'good', icon: 'check', word: 'state.charged_by_hand' },
  not_charged_by_hand: { tone: 'quiet', icon: 'none', word: 'state.not_charged_by_hand' },
};

/** A void says of itself what became of the sale. @type {Partial<Record<PaymentState, Look>>} */
const VOID_LOOKS = {
  prepared: { tone: 'quiet', icon: 'clock', word: 'void.state.prepared' },
  sent: { tone: 'quiet', icon: 'terminal', word: 'void.state.sent' },
  approved: { tone: 'bad', icon: 'undo', word: 'state.voided' },
  declined: { tone: 'quiet', icon: 'none', word: 'void.state.not_voided' },
  not_charged: { tone: 'quiet', icon: 'none', word: 'void.state.not_voided' },
  pending: { tone: 'wait', icon: 'question', word: 'state.void_in_doubt' },
  unknown: { tone: 'wait', icon: 'question', word: 'state.void_in_doubt' },
  charged_by_hand: { tone: 'bad', icon: 'undo', word: 'void.state.voided_by_hand' },
  not_charged_by_hand: { tone: 'quiet', icon: 'none', word: 'void.state.not_voided_by_hand' },
};

/** @param {{ state: PaymentState, kind: PaymentView['kind'] }} payment */
export function lookOf(payment) {
  return (payment.kind === 'void' && VOID_LOOKS[payment.state]) || SALE_LOOKS[payment.state];
}

/**
 * A state as colour, icon and word together.
 * @param {{ state: PaymentState, kind: PaymentView['kind'] }} payment
 */
export function badge(payment) {
  const look = lookOf(payment);
  return el('span', { class: `badge ${look.tone}` }, icon(look.icon), t(look.word));
}

/** The merchant's name for a terminal, or its ID. @param {Pick<TerminalView, 'id' | 'name'>} terminal */
export const terminalLabel = (terminal) => terminal.name || terminal.id;

/** @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  return words.slice(0, 2).map((word) => [...word][0] ?? '').join('').toUpperCase();
}

/**
 * A time line entry in words. `detail` is what was found beyond the kind; a question says only that.
 * @param {import('../types/ipc.js').TimelineEntry} entry
 * @param {PaymentView} payment whose time line it is
 */
export function timelineText(entry, payment) {
  const { kind } = entry;
  const detail = foundText(entry);
  if (kind === 'evidence' && payment.kind === 'void') return t('timeline.void_evidence');
  // What was lost says by itself that it was lost.
  if (kind === 'answer_lost' && detail !== '') return detail;
  if (kind === 'no_evidence' && detail !== '') return t('timeline.asked', { detail });
  if (kind === 'decided' && detail !== '') return t('timeline.by_hand', { detail });
  const what = t(`timeline.${kind}`, { name: payment.terminalName || payment.terminalId });
  return detail === '' ? what : t('timeline.with', { what, detail });
}

/** How much a piece of evidence proves. @param {Grade} grade */
export const gradeText = (grade) => t(`grade.${grade}`);

/** Why it is, or is not, safe to charge again. @param {PaymentView} payment */
export const safeText = (payment) => t(`safe.${payment.safeReason}`);

/** How a terminal says that it read a card. @type {Record<string, TextKey>} */
const ENTRY_MODES = {
  contact: 'entry.chip', chip: 'entry.chip', contactless: 'entry.contactless', magstripe: 'entry.magstripe',
  manual: 'entry.manual', fallback: 'entry.fallback',
};

/** @param {string} mode as the terminal has it; one that is not known stays as it is */
function entryModeText(mode) {
  const key = ENTRY_MODES[mode.toLowerCase()];
  return key ? t(key) : mode;
}

/** Card or wallet by name; before the terminal has said which, only that. @param {Pick<PaymentView, 'paidWith' | 'method'>} payment */
export const channelText = ({ paidWith, method }) => paidWith || t(method === 'bankCard' ? 'history.card' : 'history.wallet');

/** "Mastercard •••• 7364 · Contactless · Approval F99136" @param {PaymentView} payment */
export function paidWithText(payment) {
  const parts = [channelText(payment)];
  if (payment.entryMode) parts.push(entryModeText(payment.entryMode));
  if (payment.approvalCode) parts.push(t('pay.approval', { code: payment.approvalCode }));
  return parts.join(' · ');
}

/** "RM 12.50: Approved" @param {PaymentView} payment */
export const badgeText = (payment) => t('settled.line', { amount: money(payment.amount, payment.currency), word: t(lookOf(payment).word) });
