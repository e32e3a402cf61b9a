//! What of the last sale could not be rung up again, by name: the cashier reads it before the customer does.
// @ts-check
import { el } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { t } from '../lib/text.js';

/** @param {string[]} names */
export function tellLeftOut(names) {
  const close = el('button', { type: 'button', class: 'main', onclick: () => dialog.close() }, t('close'));
  const dialog = el('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'left-out-title' },
    el('h2', { id: 'left-out-title' }, t('ticket.left_out')),
    el('ul', { class: 'left-out' }, ...names.map((name) => el('li', {}, name))),
    el('div', { class: 'actions end' }, close));
  const closed = openDialog(dialog);
  close.focus();
  return closed;
}
