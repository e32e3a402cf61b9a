//! How much cash the customer wants back on a MyDebit card: chosen by touch or number, or typed. The shell says what is
//! allowed.
// @ts-check
import { el, find, tieFields } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { clearErrors, setBusy, setValue, showRefusal, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';

/** @import { CashOutView } from '../types/ipc.js' */

/**
 * The cash as a decimal that the shell allows, or null if the cashier went back.
 * @param {CashOutView} rules
 * @param {string} purchase as it is shown
 * @param {string} currency
 * @returns {Promise<string | null>}
 */
export async function askCash(rules, purchase, currency) {
  const choices = rules.choices.map((cash) =>
    el('button', { type: 'button', 'aria-pressed': 'false', 'data-cash': cash, onclick: () => choose(cash) }, money(cash, currency)));
  const form = el('form', { class: 'form', novalidate: true },
    el('h2', { id: 'cash-title' }, t('cash.title')),
    el('dl', { class: 'cash-purchase' }, el('dt', {}, t('cash.purchase')), el('dd', { class: 'money' }, purchase)),
    el('div', { class: 'field' },
      el('label', {}, t('cash.cash')),
      el('input', { type: 'text', name: 'cash', inputmode: 'decimal', autocomplete: 'off', class: 'money', oninput: () => mark() }),
      el('span', { class: 'soft small' }, t('cash.limits', { most: money(rules.most, currency), step: money(rules.step, currency) })),
      el('span', { class: 'field-error', role: 'alert', 'data-error': 'cash' })),
    el('div', { class: 'cash-choices', role: 'group', 'aria-label': t('cash.choices') }, ...choices),
    el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
    el('div', { class: 'actions end' },
      el('button', { type: 'button', onclick: () => dialog.close('') }, t('cancel')),
      el('button', { type: 'submit', class: 'main' }, t('cash.go'))));
  tieFields(form);
  const dialog = el('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'cash-title' }, form);
  const field = find(form, 'input', HTMLInputElement);

  const mark = () => {
    for (const choice of choices) choice.setAttribute('aria-pressed', String(choice.dataset.cash === field.value));
  };
  const choose = (/** @type {string} */ cash) => {
    setValue(form, 'cash', cash);
    clearErrors(form);
    mark();
    field.focus();
  };
  const allowed = single(async () => {
    clearErrors(form);
    setBusy(form, true);
    try {
      const cash = await call('check_cash', { cash: value(form, 'cash') });
      dialog.close(cash);
    } catch (thrown) {
      showRefusal(form, thrown, { price: 'cash' });
    } finally {
      setBusy(form, false);
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    allowed();
  });
  const closed = openDialog(dialog);
  field.focus();
  return (await closed) || null;
}
