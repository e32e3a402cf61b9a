//! Taking back what was taken of a ticket: cash over the counter, payments by a void each. A manager has to be there unless
//! only cash was taken.
// @ts-check
import { el } from '../lib/dom.js';
import { cashOf } from '../lib/cash.js';
import { openDialog } from '../lib/dialog.js';
import { explainShort } from '../lib/errors.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { legRow } from '../lib/tenders.js';
import { t } from '../lib/text.js';
import { notices, payments, tenders } from '../models/till.js';
import { askApproval } from './approval.js';
import { askHandedOver, slipsByHand } from './hand-over.js';

/** @import { StandingView, TakenBackView } from '../types/ipc.js' */

/** Asks, takes back, and says what has to be handed over. @param {StandingView} standing */
export async function askTakeBack(standing) {
  const { ticket, currency } = standing;
  const list = el('ul', { class: 'legs' }, ...standing.legs.map((leg) => legRow(leg, false)));
  const amount = el('p', { class: 'amount money' }, money(standing.paid, currency));
  /** @type {TakenBackView | null} */
  let back = null;
  const run = async (/** @type {{ managerId: number, pin: string } | null} */ approval) => {
    back = await call('take_back', { ticket, managerId: approval?.managerId ?? null, pin: approval?.pin ?? null });
  };
  if (standing.onlyCash) {
    if (await confirmed([amount, list])) await notices.attempt(() => run(null));
  } else {
    await askApproval({ title: t('takeback.title'), about: [amount, list, ...collected(standing)], more: [el('p', { class: 'soft small' }, t('takeback.how'))], go: t('standing.take_back'), keep: t('takeback.keep'), run });
  }
  if (back) await told(back, currency);
}

/** The cash that was handed over with a payment goes back to the card with its void. @param {StandingView} standing */
function collected({ legs }) {
  return legs.flatMap((leg) => {
    const cash = 'payment' in leg && leg.payment.state === 'approved' ? cashOf(leg.payment) : null;
    return cash === null ? [] : [el('p', { class: 'note wait' }, icon('cash'), el('span', {}, t('cash.void_how', { cash })))];
  });
}

/** @param {Node[]} about @returns {Promise<boolean>} */
async function confirmed(about) {
  const keep = el('button', { type: 'button', onclick: () => dialog.close() }, t('takeback.keep'));
  const dialog = el('dialog', { class: 'sheet-dialog take-back', 'aria-labelledby': 'takeback-title' },
    el('h2', { id: 'takeback-title' }, t('takeback.title')),
    ...about,
    el('div', { class: 'actions end' }, keep, el('button', { type: 'button', class: 'main', onclick: () => dialog.close('yes') }, t('standing.take_back'))));
  const closed = openDialog(dialog);
  keep.focus();
  return (await closed) === 'yes';
}

/** What is to be done by hand now. @param {TakenBackView} back @param {string} currency */
async function told(back, currency) {
  tenders.take(back.standing);
  if (back.void) payments.take(back.void);
  const cash = /[1-9]/.test(back.cash) ? t('takeback.cash', { amount: money(back.cash, currency) }) : '';
  const notes = [
    ...slipsByHand(back.byHand, currency),
    back.void ? t('takeback.voiding') : '',
    back.notVoided ? t('takeback.not_voided', { why: explainShort(back.notVoided) }) : '',
  ].filter(Boolean);
  await askHandedOver({ ticket: back.standing.ticket, title: t('takeback.hand_over'), main: cash, notes });
}
