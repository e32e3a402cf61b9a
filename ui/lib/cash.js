//! A purchase and the cash beside it, always apart: whether the gateway counts the one into the other is not documented.
// @ts-check
import { el } from './dom.js';
import { icon } from './icons.js';
import { money } from './money.js';
import { t } from './text.js';

/**
 * @import { PaymentView } from '../types/ipc.js'
 * @typedef {Pick<PaymentView, 'amount' | 'cash' | 'currency'>} Amounts
 */

/**
 * The amount as the largest thing on a card; with cash beside it, the two under their names.
 * @param {string} amount as it is shown
 * @param {string | null} cash as it is shown, null for none
 * @param {'loud' | 'quiet'} [tone]
 */
export function amountOrBoth(amount, cash, tone = 'loud') {
  if (cash === null) return el('p', { class: tone === 'quiet' ? 'amount money quiet-amount' : 'amount money' }, amount);
  return el('dl', { class: `apart ${tone}` },
    el('div', {}, el('dt', {}, t('cash.purchase')), el('dd', { class: 'money' }, amount)),
    el('div', {}, el('dt', {}, t('cash.cash')), el('dd', { class: 'money' }, cash)));
}

/** The same for a payment. @param {Amounts} view @param {'loud' | 'quiet'} [tone] */
export const amountsOf = (view, tone) => amountOrBoth(money(view.amount, view.currency), cashOf(view), tone);

/** The cash as it is shown, null for none. @param {Pick<Amounts, 'cash' | 'currency'>} view */
export const cashOf = (view) => (view.cash === null ? null : money(view.cash, view.currency));

/** "with cash-out of RM 50.00", null for none. @param {Pick<Amounts, 'cash' | 'currency'>} view */
export function withCash(view) {
  const cash = cashOf(view);
  return cash === null ? null : t('cash.with', { cash });
}

/** The cash, on a line of its own under an amount; null for none. @param {Pick<Amounts, 'cash' | 'currency'>} view */
export function cashLine(view) {
  const words = withCash(view);
  return words === null ? null : el('p', { class: 'cash-line' }, icon('cash'), words);
}

/** What must not be done while nobody knows, as a heading. @param {Pick<Amounts, 'cash'>} view */
export const holdText = (view) => t(view.cash === null ? 'open.hold_goods' : 'cash.hold');
