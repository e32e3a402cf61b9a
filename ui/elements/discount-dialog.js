//! What is taken off a line or the whole ticket. The shell works out what it comes to, before it is applied.
// @ts-check
import { el, find, tieFields } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { clearErrors, setBusy, showRefusal, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { sale } from '../models/till.js';
import { numberPad } from './number-pad.js';

/** @import { DiscountView, LineView } from '../types/ipc.js' */

/** @param {LineView | null} line null for the whole ticket */
export function askDiscount(line) {
  const { currency, lines } = sale.ticket;
  /** @type {LineView | null} */
  let about = line;
  const existing = () => (about ? (lines.find((known) => known.id === about?.id) ?? null) : sale.ticket)?.discount ?? null;
  const field = el('input', { type: 'text', name: 'entry', inputmode: 'decimal', autocomplete: 'off', class: 'money' });
  const label = el('label', {});
  const facts = ['before', 'off', 'after'].map((name) => el('dd', { class: 'money', 'data-fact': name }));
  const names = /** @type {const} */ (['discount.before', 'discount.off', 'discount.after']);
  const remove = el('button', { type: 'button', class: 'danger start', onclick: () => apply('') }, t('discount.remove'));
  const radio = (/** @type {string} */ group, /** @type {string} */ choice, /** @type {string} */ words, /** @type {boolean} */ checked) =>
    el('label', {}, el('input', { type: 'radio', name: group, value: choice, checked }), el('span', {}, words));
  const scope = line
    ? el('div', { class: 'segments', role: 'radiogroup', 'aria-label': t('discount.of') },
        radio('scope', 'line', line.name || t('sell.open_amount'), true), radio('scope', 'ticket', t('discount.whole'), false))
    : null;
  const form = el('form', { class: 'form', novalidate: true },
    el('h2', { id: 'discount-title' }, t('discount.title')),
    scope,
    el('div', { class: 'segments', role: 'radiogroup', 'aria-label': t('discount.kind') },
      radio('kind', 'percent', t('discount.percent'), true), radio('kind', 'amount', t('discount.amount'), false)),
    el('div', { class: 'field' }, label, el('span', { class: 'with-unit' }, field, el('span', { class: 'soft', 'data-sign': true })),
      el('span', { class: 'field-error', role: 'alert', 'data-error': 'entry' })),
    el('div', { class: 'pad-and-sums' },
      numberPad(field, { point: true }),
      el('dl', { class: 'preview' }, ...facts.map((fact, at) => el('div', {}, el('dt', {}, t(names[at] ?? 'discount.before')), fact)))),
    el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
    el('div', { class: 'actions end' }, remove,
      el('button', { type: 'button', onclick: () => dialog.close('') }, t('cancel')),
      el('button', { type: 'submit', class: 'main' }, t('discount.apply'))));
  tieFields(form);
  const dialog = el('dialog', { class: 'sheet-dialog pad-dialog', 'aria-labelledby': 'discount-title' }, form);
  const isPercent = () => value(form, 'kind') === 'percent';
  const target = () => ({ lineId: about?.id ?? null, percent: isPercent() });

  const show = async () => {
    clearErrors(form);
    label.textContent = t(isPercent() ? 'discount.percent' : 'discount.amount');
    find(form, '[data-sign]', HTMLElement).textContent = isPercent() ? '%' : currency;
    remove.hidden = existing() === null;
    const typed = `${field.value} ${isPercent()} ${about?.id}`;
    try {
      const preview = await call('preview_discount', { ...target(), entry: field.value });
      if (typed !== `${field.value} ${isPercent()} ${about?.id}`) return;
      const [before, off, after] = facts;
      if (before) before.textContent = money(preview.before, currency);
      if (off) off.textContent = `−${money(preview.off, currency)}`;
      if (after) after.textContent = money(preview.after, currency);
    } catch {
      if (typed !== `${field.value} ${isPercent()} ${about?.id}`) return;
      for (const fact of facts) fact.textContent = '–';
    }
  };
  /** Shows the discount that is there already, to be changed. @param {DiscountView | null} discount */
  const fill = (discount) => {
    field.value = discount?.value ?? '';
    if (discount) find(form, `input[name=kind][value=${discount.percent ? 'percent' : 'amount'}]`, HTMLInputElement).checked = true;
    field.select();
    show();
  };
  const apply = single(async (/** @type {string} */ entry) => {
    clearErrors(form);
    setBusy(form, true);
    try {
      sale.take(await sale.inTurn(() => call('set_discount', { ...target(), entry })));
      dialog.close('set');
    } catch (thrown) {
      showRefusal(form, thrown, { price: 'entry', rate: 'entry' });
    } finally {
      setBusy(form, false);
    }
  });
  field.addEventListener('input', show);
  form.addEventListener('change', (event) => {
    if (event.target === field || !(event.target instanceof HTMLInputElement)) return;
    if (event.target.name === 'scope') {
      about = event.target.value === 'line' ? line : null;
      fill(existing());
    } else show();
    field.focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    apply(field.value);
  });
  const closed = openDialog(dialog);
  field.focus();
  fill(existing());
  return closed;
}
