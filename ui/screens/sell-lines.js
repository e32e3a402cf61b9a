//! The ticket's lines on Sell: one is selected, and shows its keys: quantity, discount, note, remove.
// @ts-check
import { el, find, keyed } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { grouped } from '../lib/money.js';
import { t } from '../lib/text.js';
import { UNIT_SIGNS } from '../lib/units.js';
import { sale } from '../models/till.js';
import { askDiscount } from '../elements/discount-dialog.js';
import { askLineNote } from '../elements/line-note.js';
import { askQuantity } from '../elements/quantity-dialog.js';
import { discountText } from './sell-sums.js';

/** @import { LineView } from '../types/ipc.js' */

/** @param {HTMLElement} list */
export function drawLines(list) {
  const before = list.querySelector('[data-selected]');
  keyed(list, sale.ticket.lines, (line) => String(line.id), make, update);
  const selected = list.querySelector('[data-selected]');
  if (selected !== before) selected?.scrollIntoView({ block: 'nearest' });
}

/** @param {LineView} line */
function nameOf(line) {
  return line.name || t('sell.open_amount');
}

/** The line as it is now, since its node outlives many changes. @param {number} id @param {(line: LineView) => unknown} act */
function on(id, act) {
  const line = sale.ticket.lines.find((known) => known.id === id);
  if (line) act(line);
}

/** "0.335 kg", or the plain number of pieces. @param {LineView} line */
function amountOf({ quantity, unit }) {
  return unit === 'each' ? quantity : `${quantity} ${UNIT_SIGNS[unit]}`;
}

/** @param {LineView} line */
function make(line) {
  const { id } = line;
  const name = nameOf(line);
  const measured = line.unit !== 'each';
  const key = (/** @type {string} */ label, /** @type {import('../lib/icons.js').IconName} */ picture, /** @type {() => unknown} */ act, kind = '') =>
    el('button', { type: 'button', class: kind || null, 'aria-label': label, onclick: act }, icon(picture));
  return el(
    'li',
    { 'data-measured': measured },
    el(
      'button',
      { type: 'button', class: 'line', onclick: () => sale.select(id) },
      el('span', { class: 'qty' }),
      el('span', { class: 'line-name' }, el('span', {}, name), el('small', { 'data-each': true }), el('small', { 'data-off': true }), el('small', { 'data-note': true, class: 'line-note' })),
      el('span', { class: 'money', 'data-line-total': true }),
    ),
    el(
      'div',
      { class: 'line-keys' },
      measured ? null : key(t('sell.fewer', { name }), 'minus', () => sale.stepQuantity(id, false)),
      el('button', { type: 'button', class: 'line-count money', onclick: () => on(id, askQuantity) }),
      measured ? null : key(t('sell.more', { name }), 'plus', () => sale.stepQuantity(id, true)),
      el('span', { class: 'apart-keys' },
        key(t('discount.line', { name }), 'percent', () => on(id, askDiscount), 'bare'),
        key(t('ticket.note_line', { name }), 'pencil', () => on(id, askLineNote), 'bare'),
        key(t('sell.remove', { name }), 'bin', () => sale.remove(id), 'bare remove')),
    ),
  );
}

/** What each node shows, so that one more line of a long ticket draws one line. @type {WeakMap<HTMLElement, string>} */
const shown = new WeakMap();

/** @param {HTMLElement} node @param {LineView} line */
function update(node, line) {
  const selected = line.id === sale.selected;
  const now = JSON.stringify([line, selected, sale.ticket.frozen]);
  if (shown.get(node) === now) return;
  shown.set(node, now);
  const measured = line.unit !== 'each';
  node.toggleAttribute('data-selected', selected);
  find(node, '.line', HTMLElement).setAttribute('aria-pressed', String(selected));
  find(node, '.qty', HTMLElement).textContent = amountOf(line);
  const count = find(node, '.line-count', HTMLElement);
  count.textContent = amountOf(line);
  count.setAttribute('aria-label', t('ticket.quantity_of', { name: nameOf(line), quantity: amountOf(line) }));
  const each = measured ? `${grouped(line.price)} / ${UNIT_SIGNS[line.unit]}` : t('sell.each', { price: grouped(line.price) });
  find(node, '[data-each]', HTMLElement).textContent = measured || line.quantity !== '1' ? each : '';
  find(node, '[data-off]', HTMLElement).textContent = line.discount ? t('discount.shown', { discount: discountText(line.discount), off: grouped(line.off), gross: grouped(line.gross) }) : '';
  find(node, '[data-note]', HTMLElement).textContent = line.note;
  find(node, '[data-line-total]', HTMLElement).textContent = grouped(line.total);
  find(node, '.line-keys', HTMLElement).hidden = !selected || sale.ticket.frozen;
}
