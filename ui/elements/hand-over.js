//! What has to be handed over after money was given back, said until somebody says that it is done: one who locks the till, or
//! whose till stops in between, is asked again.
// @ts-check
import { tell } from '../lib/announce.js';
import { el } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';

/** @import { HandOverView, TenderView } from '../types/ipc.js' */

/**
 * Says what is to be done by hand, until somebody says that it is.
 * @param {{ ticket: number, title: string, main: string, notes: string[], later?: boolean }} what `main` is read from a metre away; `later` offers to be asked again
 */
export async function askHandedOver({ ticket, title, main, notes, later = false }) {
  // Locked meanwhile: a lock screen tells nothing of the till's money, and whoever signs in next is asked.
  if (!session.view.session) return;
  tell([main, ...notes].filter(Boolean).join(' '));
  const done = el('button', { type: 'button', class: 'main', onclick: () => dialog.close('done') }, t('takeback.done'));
  const notYet = later ? el('button', { type: 'button', onclick: () => dialog.close() }, t('handover.later')) : null;
  const heading = el('h2', { id: 'hand-over-title', tabindex: '-1' }, title);
  const dialog = el('dialog', { class: 'sheet-dialog take-back', 'aria-labelledby': 'hand-over-title' },
    heading,
    main === '' ? null : el('p', { class: 'hand-over' }, main),
    ...notes.map((note) => el('p', { class: 'note wait' }, icon('warning'), el('span', {}, note))),
    el('div', { class: 'actions end' },
      notYet,
      done));
  const closed = openDialog(dialog);
  // The Enter of a PIN or of a yes, pressed twice, must not say that something is done.
  (notYet ?? heading).focus();
  if ((await closed) === 'done') await notices.attempt(() => call('handed_over', { ticket }));
}

/** The slips that somebody has to void on the terminal. @param {TenderView[]} slips @param {string} currency */
export function slipsByHand(slips, currency) {
  return slips.map((slip) => t('takeback.by_hand', { amount: money(slip.moved, currency), number: slip.proof ?? '' }));
}

/**
 * Asks for what was left open, one after the other, until `signal` says that whoever is asked has gone.
 * @param {HandOverView[]} open
 * @param {AbortSignal} signal
 */
export async function askLeftOpen(open, signal) {
  for (const { ticket, receipt, currency, isReturn, cash, byHand } of open) {
    if (signal.aborted) return;
    const number = receipt ?? '—';
    await askHandedOver({
      ticket,
      title: t(isReturn ? 'around.return_number' : 'handover.receipt', { number }),
      main: cash === null ? '' : t(isReturn ? 'return.hand_over' : 'takeback.cash', { amount: money(cash, currency) }),
      notes: [...slipsByHand(byHand, currency), t('handover.left_open')],
      later: true,
    });
  }
}
