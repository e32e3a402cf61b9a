//! What became of a payment, in three steps: what happened (the code's words), did money move (the payment's state says
//! it, whatever the code is), and what to do. Codes that are on no list get an honest sentence and keep their own text.
// @ts-check
import { filled, t, wordsNow } from './text.js';

/**
 * @import { PaymentView, Said, TimelineEntry } from '../types/ipc.js'
 * @import { TextKey } from './text.js'
 * @typedef {{ what: string, todo: string, void?: string }} CodeWords `void`: what to do after a void that was not done
 * @typedef {Record<string, CodeWords>} CodeList
 * @typedef {object} Codes
 * @property {string} hold begins what to do after every code that leaves open whether the customer was charged
 * @property {string} voidAgain
 * @property {CodeList} gateway
 * @property {CodeList} card
 * @property {CodeList} wallet
 * @property {CodeList} till the till's own explanations
 * @property {Record<string, string>} found what a question or a decision brought to light
 * @property {CodeWords} unlisted
 * @typedef {'none' | 'declined' | 'check' | 'unknown' | 'pending' | 'charged' | 'back' | 'nothing'} Outcome
 * @typedef {Pick<PaymentView, 'kind' | 'state' | 'saved' | 'safeReason'>} Standing
 */

/** A refusal that came without a code, before any terminal: only its HTTP status is known. */
const BARE_HTTP = /^HTTP \d{3}$/;

/** @param {Said} said @returns {CodeWords | null} */
function listed({ source, code }) {
  const { codes } = wordsNow();
  const list = codes[source];
  const key = source === 'gateway' && BARE_HTTP.test(code) ? null : code;
  if (key === null) return codes.till['refused_before_the_terminal'] ?? null;
  return Object.hasOwn(list, key) ? (list[key] ?? null) : null;
}

/** @param {Said} said */
const gaps = ({ code, detail }) => ({ detail: BARE_HTTP.test(code) ? code : (detail ?? '?') });

/**
 * What the payment's state says of the money. The code has no say in it: a payment that is settled is settled.
 * @param {Standing} payment
 * @returns {Outcome | null} null while the terminal is at work
 */
export function outcomeOf({ state, saved, safeReason }) {
  if (!saved) return 'unknown';
  switch (state) {
    case 'prepared':
    case 'sent':
      return null;
    case 'not_charged':
    case 'not_charged_by_hand':
      return 'none';
    case 'declined':
      return 'declined';
    case 'pending':
      return 'pending';
    case 'unknown':
      return safeReason === 'being_checked' ? 'check' : 'unknown';
    case 'approved':
    case 'charged_by_hand':
    case 'void_in_doubt':
      return 'charged';
    case 'voided':
      return 'back';
  }
}

/** @type {Record<PaymentView['kind'], Record<Exclude<Outcome, 'nothing'>, TextKey>>} */
const MONEY = {
  sale: {
    none: 'money.none', declined: 'money.declined', check: 'money.check', unknown: 'money.unknown',
    pending: 'money.pending', charged: 'money.charged', back: 'money.back',
  },
  cashOut: {
    none: 'money.cash.none', declined: 'money.cash.none', check: 'money.cash.check', unknown: 'money.cash.unknown',
    pending: 'money.cash.unknown', charged: 'money.charged', back: 'money.back',
  },
  void: {
    none: 'money.void.none', declined: 'money.void.none', check: 'money.void.check', unknown: 'money.void.unknown',
    pending: 'money.void.unknown', charged: 'money.back', back: 'money.back',
  },
};

/** Whether money moved, in one sentence; "" while the terminal is at work. @param {Standing} payment */
export function moneyText(payment) {
  const outcome = outcomeOf(payment);
  return outcome === null || outcome === 'nothing' ? '' : t(MONEY[payment.kind][outcome]);
}

/** Outcomes after which something can be done about the payment; before, there is only one thing to do. @type {Set<Outcome | null>} */
const SETTLED = new Set(['none', 'declined', 'charged', 'back']);

/**
 * What happened, did money move, what to do; and the code in small print with whatever text came with it.
 * @param {Pick<PaymentView, 'kind' | 'state' | 'saved' | 'safeReason' | 'explanation'>} payment
 */
export function explainPayment(payment) {
  const { codes } = wordsNow();
  const money = moneyText(payment);
  const why = payment.explanation;
  const settled = SETTLED.has(outcomeOf(payment));
  if (!why) return { what: '', money, todo: settled ? '' : codes.hold, small: '' };
  const { said } = why;
  const words = listed(said);
  // What an older version kept has its sentences with it; a code of others that is on no list has only its number.
  const own = words ?? (said.source === 'till' ? { what: why.meaning, todo: why.next } : codes.unlisted);
  return { what: filled(own.what, gaps(said)), money, todo: todo(payment, said, own, settled), small: small(said, words) };
}

/**
 * @param {Pick<PaymentView, 'kind' | 'state'>} payment
 * @param {Said} said
 * @param {CodeWords} words
 * @param {boolean} settled
 */
function todo(payment, said, words, settled) {
  const { hold, voidAgain, till } = wordsNow().codes;
  if (!settled && payment.kind === 'void') return t('void.in_doubt');
  // Whatever the code would advise, an open payment is not charged again.
  if (!settled) return (payment.state === 'pending' ? till['pending']?.todo : null) ?? (words.todo.startsWith(hold) ? words.todo : hold);
  if (payment.kind === 'void') return words.void ?? (said.source === 'gateway' && !words.todo.startsWith(hold) ? words.todo : voidAgain);
  // A code that left it open does so no longer once the payment is settled.
  return words.todo.startsWith(hold) ? '' : words.todo;
}

/** The code, and the text that came with it where our own words do not hold it. @param {Said} said @param {CodeWords | null} words */
function small({ code, detail }, words) {
  const shown = detail && !words?.what.includes('{detail}') ? detail : '';
  return [code, shown].filter(Boolean).join(' · ');
}

/**
 * What a code of the gateway's means where no payment is concerned: signing in, lists.
 * @param {number} code
 * @returns {{ what: string, todo: string } | null} null for a code that is on no list
 */
export function explainGateway(code) {
  const words = listed({ source: 'gateway', code: String(code), detail: null });
  if (!words) return null;
  return { what: words.what, todo: words.todo.startsWith(wordsNow().codes.hold) ? t('error.try_again') : words.todo };
}

/**
 * What a time line entry found, in our own words where its code is listed; else in the journal's.
 * @param {Pick<TimelineEntry, 'detail' | 'said'>} entry
 */
export function foundText({ detail, said }) {
  if (!said) return detail;
  const { found } = wordsNow().codes;
  const words = listed(said)?.what ?? (said.source === 'till' && Object.hasOwn(found, said.code) ? found[said.code] : undefined);
  return words === undefined ? detail : filled(words, gaps(said));
}
