//! Between the lines and the total on Sell: what was taken off, the tax and what rounding changes, only where there is any.
// @ts-check
import { el } from '../lib/dom.js';
import { grouped } from '../lib/money.js';
import { t } from '../lib/text.js';

/** @import { DiscountView, TaxView, TicketView } from '../types/ipc.js' */

/** "10%" or "2.50". @param {DiscountView} discount */
export const discountText = ({ percent, value }) => (percent ? `${value}%` : grouped(value));

/** @param {TaxView} tax @param {boolean} included */
function taxName({ name, rate }, included) {
  const words = t('sums.tax', { name: name || t('sums.tax_unnamed'), rate });
  return included ? t('sums.included', { tax: words }) : words;
}

/** @param {HTMLElement} list @param {TicketView} ticket */
export function drawSums(list, ticket) {
  const { discount, taxes, included, subtotal, off, total, payable } = ticket;
  /** @type {[string, string][]} */
  const rows = taxes.map((tax) => [taxName(tax, included), grouped(tax.tax)]);
  if (discount) rows.unshift([t('sums.discount', { discount: discountText(discount) }), `−${grouped(off)}`]);
  if (discount || (rows.length > 0 && !included)) rows.unshift([t('sums.subtotal'), grouped(subtotal)]);
  if (payable !== total) rows.push([t('sums.before_rounding'), grouped(total)]);
  list.hidden = rows.length === 0;
  list.replaceChildren(...rows.map(([name, amount]) => el('div', {}, el('dt', {}, name), el('dd', { class: 'money' }, amount))));
}
