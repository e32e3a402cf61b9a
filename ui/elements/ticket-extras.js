//! What one sale carries beside its lines: a note for the slip, and a product or a promotion where the shop offers them.
// @ts-check
import { el, tieFields } from '../lib/dom.js';
import { openEditDialog } from '../lib/edit-dialog.js';
import { value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { options, sale } from '../models/till.js';

/** @import { TicketExtras } from '../types/ipc.js' */

const NONE = { note: '', productIndex: '', promoSale: '' };

/** "Product 3 · Note: Table 4", empty for none; the long one last, so that it hides no other where there is little room. @param {TicketExtras} extras */
export function extrasText({ note, productIndex, promoSale }) {
  return [
    productIndex && t('extras.product_is', { product: productIndex }),
    promoSale && t('extras.promo_is', { promo: promoSale }),
    note && t('extras.note_is', { note }),
  ].filter(Boolean).join(' · ');
}

/** Opens the dialog and keeps what is saved on the ticket. */
export function askExtras() {
  const { extras } = sale.ticket;
  const { asksProduct, asksPromo } = options.view;
  const dialog = el('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'extras-title' },
    el('form', { class: 'form', novalidate: true },
      el('h2', { id: 'extras-title' }, t('extras.title')),
      el('div', { class: 'field' },
        el('label', {}, t('extras.note')),
        el('input', { type: 'text', name: 'note', autocomplete: 'off', value: extras.note }),
        el('span', { class: 'soft small' }, t('extras.note_hint')),
        el('span', { class: 'field-error', role: 'alert', 'data-error': 'note' })),
      asksProduct ? productField(extras.productIndex) : null,
      asksPromo
        ? el('div', { class: 'field' },
            el('label', {}, t('extras.promo')),
            el('input', { type: 'text', name: 'promoSale', autocomplete: 'off', value: extras.promoSale }),
            el('span', { class: 'soft small' }, t('extras.promo_hint')),
            el('span', { class: 'field-error', role: 'alert', 'data-error': 'promoSale' }))
        : null,
      el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
      el('div', { class: 'actions end' },
        el('button', { type: 'button', class: 'danger start', 'data-remove': true }, t('extras.remove')),
        el('button', { type: 'button', 'data-cancel': true }, t('cancel')),
        el('button', { type: 'submit', class: 'main' }, t('save')))));
  tieFields(dialog);
  const keep = async (/** @type {TicketExtras} */ form) => sale.take(await sale.inTurn(() => call('set_ticket_extras', { form })));
  const save = (/** @type {HTMLFormElement} */ form) =>
    keep({ note: value(form, 'note'), productIndex: value(form, 'productIndex'), promoSale: value(form, 'promoSale') });
  return openEditDialog(dialog, save, extrasText(extras) === '' ? null : () => keep(NONE));
}

/** @param {string} chosen */
function productField(chosen) {
  const { productIndex, lastProduct } = options.view;
  const usual = productIndex === '' ? t('extras.product_none') : t('extras.product_usual', { product: productIndex });
  const numbers = Array.from({ length: lastProduct + 1 }, (_, number) => String(number));
  return el('div', { class: 'field' },
    el('label', {}, t('extras.product')),
    el('select', { name: 'productIndex' },
      el('option', { value: '' }, usual),
      ...numbers.map((number) => el('option', { value: number, selected: number === chosen }, number))),
    el('span', { class: 'field-error', role: 'alert', 'data-error': 'productIndex' }));
}
