//! How much of a thing: typed or touched, with what it will cost beside it. What is weighed is asked for before it is rung up.
// @ts-check
import { el, tieFields } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { clearErrors, setBusy, showRefusal, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { grouped, money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { UNIT_SIGNS } from '../lib/units.js';
import { sale } from '../models/till.js';
import { numberPad } from './number-pad.js';

/**
 * @import { ItemView, LineView, QuantityPreview, TicketView, Unit } from '../types/ipc.js'
 * @typedef {{ name: string, price: string, unit: Unit, quantity: string }} Sold
 */

/** Another quantity of a line. @param {LineView} line */
export const askQuantity = (line) =>
  ask(
    { ...line, name: line.name || t('sell.open_amount') },
    (quantity) => call('preview_quantity', { lineId: line.id, quantity }),
    (quantity) => call('set_quantity', { lineId: line.id, quantity }),
  );

/** How much of an item that is weighed or measured goes on the ticket. @param {ItemView} item @returns {Promise<boolean>} whether it does */
export const askMeasure = async (item) =>
  (await ask(
    { ...item, quantity: '' },
    (quantity) => call('preview_item', { itemId: item.id, quantity }),
    (quantity) => call('add_item', { itemId: item.id, quantity }),
  )) !== '';

/**
 * @param {Sold} sold
 * @param {(quantity: string) => Promise<QuantityPreview>} preview
 * @param {(quantity: string) => Promise<TicketView>} keep
 */
function ask(sold, preview, keep) {
  const sign = UNIT_SIGNS[sold.unit];
  const field = el('input', { type: 'text', name: 'quantity', inputmode: sign ? 'decimal' : 'numeric', autocomplete: 'off', class: 'money', value: sold.quantity });
  const comes = el('output', { class: 'money comes-to' });
  const form = el('form', { class: 'form', novalidate: true },
    el('h2', { id: 'quantity-title' }, t(sign ? 'ticket.measure_title' : 'ticket.quantity_title', { name: sold.name })),
    el('div', { class: 'field' },
      el('label', {}, t(sign ? `ticket.measure.${/** @type {'kilogram' | 'metre' | 'litre'} */ (sold.unit)}` : 'sell.quantity')),
      el('span', { class: 'with-unit' }, field, sign ? el('span', { class: 'soft' }, sign) : null),
      el('span', { class: 'field-error', role: 'alert', 'data-error': 'quantity' })),
    el('p', { class: 'comes' }, el('span', { class: 'soft' }, `× ${grouped(sold.price)}${sign ? ` / ${sign}` : ''}`), comes),
    numberPad(field, { point: sign !== '' }),
    el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
    el('div', { class: 'actions end' },
      el('button', { type: 'button', onclick: () => dialog.close('') }, t('cancel')),
      el('button', { type: 'submit', class: 'main' }, t('ticket.set'))));
  tieFields(form);
  const dialog = el('dialog', { class: 'sheet-dialog pad-dialog', 'aria-labelledby': 'quantity-title' }, form);
  const show = async () => {
    clearErrors(form);
    const typed = field.value;
    /** @type {string} */
    let words = '';
    try {
      words = typed === '' ? '' : money((await preview(typed)).price, sale.ticket.currency);
    } catch {
      // Half a number; setting it says what is wrong.
    }
    if (field.value === typed) comes.textContent = words;
  };
  const set = single(async () => {
    clearErrors(form);
    setBusy(form, true);
    try {
      sale.take(await sale.inTurn(() => keep(value(form, 'quantity'))));
      dialog.close('set');
    } catch (thrown) {
      showRefusal(form, thrown, { price: 'quantity' });
    } finally {
      setBusy(form, false);
    }
  });
  field.addEventListener('input', show);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    set();
  });
  const closed = openDialog(dialog);
  field.focus();
  field.select();
  show();
  return closed;
}
