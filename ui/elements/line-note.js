//! What the cashier notes about one line, such as "no ice".
// @ts-check
import { el, tieFields } from '../lib/dom.js';
import { openEditDialog } from '../lib/edit-dialog.js';
import { value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { sale } from '../models/till.js';

/** @import { LineView } from '../types/ipc.js' */

/** @param {LineView} line */
export function askLineNote(line) {
  const dialog = el('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'line-note-title' },
    el('form', { class: 'form', novalidate: true },
      el('h2', { id: 'line-note-title' }, t('ticket.note_title', { name: line.name || t('sell.open_amount') })),
      el('div', { class: 'field' },
        el('label', {}, t('extras.note')),
        el('input', { type: 'text', name: 'note', autocomplete: 'off', maxlength: '60', value: line.note }),
        el('span', { class: 'field-error', role: 'alert', 'data-error': 'note' })),
      el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
      el('div', { class: 'actions end' },
        el('button', { type: 'button', class: 'danger start', 'data-remove': true }, t('extras.remove')),
        el('button', { type: 'button', 'data-cancel': true }, t('cancel')),
        el('button', { type: 'submit', class: 'main' }, t('save')))));
  tieFields(dialog);
  const keep = async (/** @type {string} */ note) => sale.take(await sale.inTurn(() => call('note_line', { lineId: line.id, note })));
  return openEditDialog(dialog, (form) => keep(value(form, 'note')), line.note === '' ? null : () => keep(''));
}
