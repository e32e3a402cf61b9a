//! The sale around an entry of the history: its legs, what came back of it, and what can still be done.
// @ts-check
import { el } from '../lib/dom.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { legRow } from '../lib/tenders.js';
import { t } from '../lib/text.js';
import { dateAndTime } from '../lib/time.js';
import { notices, payments, sale as counter, tenders } from '../models/till.js';
import { askHandedOver } from './hand-over.js';
import { askReturn } from './return-dialog.js';
import { askTakeBack } from './take-back.js';

/** @import { ReturnView, SaleView, StandingView } from '../types/ipc.js' */

/**
 * Legs and returns, where there is more to the sale than the entry that is shown.
 * @param {SaleView | null} sale
 * @returns {HTMLElement[]}
 */
export function saleAround(sale) {
  if (sale === null) return [];
  const { standing, returns } = sale;
  const { currency } = standing;
  const parts = [];
  if (standing.legs.length > 1 || standing.progress === 'partly' || standing.rounded !== null) {
    const fact = (/** @type {string} */ name, /** @type {string} */ amount) => el('div', {}, el('dt', {}, name), el('dd', { class: 'money' }, money(amount, currency)));
    parts.push(
      el('h3', {}, t('around.sale')),
      el('ul', { class: 'legs' }, ...standing.legs.map((leg) => legRow(leg, true))),
      el('dl', { class: 'due-list' },
        fact(t('sell.total'), standing.total),
        standing.rounded === null ? null : fact(t('around.after_rounding'), standing.rounded),
        standing.progress === 'paid' ? null : fact(t('standing.due'), standing.due)));
  }
  if (returns.length > 0) parts.push(el('h3', {}, t('around.returns')), ...returns.map(returnPanel));
  return parts;
}

/** What is said of a return without a receipt. */
const STANDS = /** @type {const} */ ({ open: 'around.open', done: 'around.open', refused: 'around.refused', found_out: 'around.found_out' });

/** One return. @param {ReturnView} back */
function returnPanel(back) {
  const head = back.receipt ? t('around.return_number', { number: back.receipt }) : t(STANDS[back.progress]);
  return el('section', { class: 'return-panel' },
    el('p', { class: 'detail-line' }, el('b', {}, head), el('span', { class: 'money' }, `− ${money(back.moved, back.currency)}`)),
    el('p', { class: 'soft small' }, [dateAndTime(back.at), t(`return.way.${back.way}`), back.reason].join(' · ')),
    el('ul', { class: 'small' }, ...back.lines.map((line) =>
      el('li', {}, `${line.quantity}${line.unit === '' ? '' : ` ${line.unit}`} × ${line.name || t('sell.open_amount')} · ${money(line.gives, back.currency)}`))));
}

/**
 * What can be done with the sale now.
 * @param {SaleView | null} sale
 * @param {() => Promise<unknown>} reload
 */
export function saleKeys(sale, reload) {
  if (sale === null) return [];
  const { ticket } = sale.standing;
  const keys = [];
  if (sale.canResume) {
    keys.push(el('button', { type: 'button', class: 'main', 'data-action': 'resume', onclick: () => resume(ticket) }, t('around.resume')));
  }
  if (sale.standing.progress === 'partly' && sale.standing.blocked === null) {
    keys.push(el('button', { type: 'button', 'data-action': 'take-back', onclick: () => undo(sale.standing, reload) }, t('standing.take_back')));
  }
  if (sale.canReturn) {
    keys.push(el('button', { type: 'button', 'data-action': 'return', onclick: () => takeBack(ticket, reload) }, t('return.action')));
  }
  return keys;
}

// Once at a time each, whichever key asked: the keys are drawn anew with each news of the sale.

const resume = single(async (/** @type {number} */ ticket) => {
  await notices.attempt(async () => {
    counter.take(await counter.inTurn(() => call('resume_ticket', { ticket })));
    location.hash = '#/sell';
  });
});

const undo = single(async (/** @type {StandingView} */ standing, /** @type {() => Promise<unknown>} */ reload) => {
  await askTakeBack(standing);
  await reload();
});

const takeBack = single(async (/** @type {number} */ ticket, /** @type {() => Promise<unknown>} */ reload) => {
  await notices.attempt(async () => {
    const returned = await askReturn(ticket);
    if (returned?.void) payments.take(returned.void);
    // It may be the ticket at the counter, of which nothing more is taken now.
    if (returned && ticket === counter.ticket.number) tenders.refresh();
    await reload();
    if (returned?.done) await handOver(returned.done);
    // A void is on its way; the detail follows it.
    else if (returned?.void) location.hash = `#/history/${returned.void.original ?? returned.void.reference}`;
  });
});

/** Says what has to be handed over, or that it was done elsewhere. @param {ReturnView} back */
function handOver({ ticket, receipt, way, moved, currency }) {
  const main = t(way === 'cash' ? 'return.hand_over' : 'return.recorded', { amount: money(moved, currency) });
  return askHandedOver({ ticket, title: t('around.return_number', { number: receipt ?? '—' }), main, notes: [] });
}
