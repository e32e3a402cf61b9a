//! What Pay shows after cash, or a card taken by hand: the change as the largest thing, or what is still due.
// @ts-check
import { el, element } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { money } from '../lib/money.js';
import { tenderName } from '../lib/tenders.js';
import { t } from '../lib/text.js';

/** @import { TakenView } from '../types/ipc.js' */

/** Whether somebody has to hand something over before the next sale. @param {TakenView} taken */
export const hasChange = ({ tender }) => tender.change !== null && /[1-9]/.test(tender.change);

/** The verdict in a sentence, for readers. @param {TakenView} taken */
export function takenWords(taken) {
  const { tender, standing } = taken;
  const change = hasChange(taken) ? t('taken.change', { amount: money(tender.change ?? '', tender.currency) }) : '';
  const due = standing.progress === 'partly' ? t('taken.still_due', { amount: money(standing.due, standing.currency) }) : '';
  return [`${head(taken)}. ${money(tender.moved, tender.currency)}.`, change, due].filter(Boolean).join(' ');
}

/** @param {TakenView} taken */
function head({ tender, standing }) {
  if (tender.kind === 'manual_card') return t('tender.state.unverified');
  return t(standing.progress === 'paid' ? 'taken.paid' : 'taken.part');
}

/**
 * @param {TakenView} taken
 * @param {(action: 'new_sale' | 'take_rest') => void} does
 */
export function takenScene(taken, does) {
  const { tender, standing } = taken;
  const { currency } = tender;
  const unverified = tender.kind === 'manual_card';
  const tone = unverified ? 'wait' : 'good';
  const paid = standing.progress === 'paid';
  const change = hasChange(taken);
  return [
    el('span', { class: `verdict-mark ${tone}` }, icon(unverified ? 'warning' : 'cash')),
    el('h1', { id: 'verdict', class: `verdict ${tone}` }, head(taken)),
    change ? el('p', { class: 'amount money', 'data-change': true }, t('taken.change', { amount: money(tender.change ?? '', currency) })) : null,
    el('p', { class: change ? 'amount money quiet-amount' : 'amount money' }, money(tender.moved, currency)),
    el('p', { class: 'soft hint' }, [tenderName(tender), tender.given && change ? t('taken.given', { amount: money(tender.given, currency) }) : ''].filter(Boolean).join(' · ')),
    paid && standing.rounded !== null ? el('p', { class: 'soft small' }, t('taken.rounded', { before: money(standing.total, currency), after: money(standing.rounded, currency) })) : null,
    unverified ? el('p', { class: 'warn-box' }, icon('warning'), el('span', {}, t('byhand.unverified_why'))) : null,
    paid ? null : el('p', { class: 'still-due', 'data-still-due': true }, t('taken.still_due', { amount: money(standing.due, currency) })),
    standing.receipt ? el('p', { class: 'small soft' }, t('pay.receipt_number', { number: standing.receipt })) : null,
    el('div', { class: 'actions' },
      paid
        ? el('button', { type: 'button', class: 'main', 'data-action': 'new_sale', onclick: () => does('new_sale') }, el('span', {}, t('action.new_sale')), el('kbd', { 'aria-hidden': 'true' }, 'Enter'))
        : el('button', { type: 'button', class: 'main', 'data-action': 'take_rest', onclick: () => does('take_rest') }, el('span', {}, t('action.take_rest')), el('kbd', { 'aria-hidden': 'true' }, 'Enter'))),
    paid ? element('kaunter-receipt-actions', { reference: tender.reference }) : null,
    el('p', { class: 'small soft foot', 'data-next': true }),
  ].filter((node) => node !== null);
}
