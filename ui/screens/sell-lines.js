//! The ticket's lines on Sell: one is selected, and shows its quantity keys.
// @ts-check
import { el, find, keyed } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { grouped } from '../lib/money.js';
import { t } from '../lib/text.js';
import { sale } from '../models/till.js';

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

/** The newest quantity of a line, since the node outlives many changes. @param {number} id */
function quantityOf(id) {
  return sale.ticket.lines.find((line) => line.id === id)?.quantity ?? 1;
}

/** @param {LineView} line */
function make(line) {
  const { id } = line;
  return el(
    'li',
    {},
    el(
      'button',
      { type: 'button', class: 'line', onclick: () => sale.select(id) },
      el('span', { class: 'qty' }),
      el('span', { class: 'line-name' }, el('span', {}, nameOf(line)), el('small', {})),
      el('span', { class: 'money', 'data-line-total': true }),
    ),
    el(
      'div',
      { class: 'line-keys' },
      el('button', { type: 'button', 'aria-label': t('sell.fewer', { name: nameOf(line) }), onclick: () => sale.setQuantity(id, quantityOf(id) - 1) }, icon('minus')),
      el('output', { class: 'line-count money', 'aria-label': t('sell.quantity') }),
      el('button', { type: 'button', 'aria-label': t('sell.more', { name: nameOf(line) }), onclick: () => sale.setQuantity(id, quantityOf(id) + 1) }, icon('plus')),
      el('button', { type: 'button', class: 'bare remove', 'aria-label': t('sell.remove', { name: nameOf(line) }), onclick: () => sale.remove(id) }, icon('bin')),
    ),
  );
}

/** @param {HTMLElement} node @param {LineView} line */
function update(node, line) {
  const selected = line.id === sale.selected;
  node.toggleAttribute('data-selected', selected);
  find(node, '.line', HTMLElement).setAttribute('aria-pressed', String(selected));
  find(node, '.qty', HTMLElement).textContent = String(line.quantity);
  find(node, '.line-count', HTMLElement).textContent = String(line.quantity);
  find(node, 'small', HTMLElement).textContent = line.quantity > 1 ? t('sell.each', { price: grouped(line.price) }) : '';
  find(node, '[data-line-total]', HTMLElement).textContent = grouped(line.total);
  find(node, '.line-keys', HTMLElement).hidden = !selected;
}
