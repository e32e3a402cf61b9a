//! Cash: what is due in coins, what the customer hands over, and the change as the shell counts it.
// @ts-check
import { el, find, tieFields } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { clearErrors, setBusy, setValue, showRefusal, value } from '../lib/forms.js';
import { asCommandError, call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { checkout, sale } from '../models/till.js';
import { isAnotherCustomer } from './same-amount.js';

/** @import { CashOfferView } from '../types/ipc.js' */

/** Where refusals stand in this form. */
const PLACES = { price: 'given', cash: 'given' };

/**
 * Takes cash for the ticket, or a part of it, unless the cashier goes back.
 * @param {string | null} part a decimal; null for all that is due
 */
export async function askForCash(part) {
  const offer = await call('cash_offer', { entry: sale.entry, part });
  const { currency } = offer;
  // Asked before anything changes hands.
  let sure = false;
  if (offer.sameAmountOpen) {
    const answer = await isAnotherCustomer(offer.settles, t('tender.take_cash'));
    if (answer === 'no') return;
    // Only a person's word counts; where it is settled by now, the shell looks once more.
    sure = answer === 'another';
  }
  const rounded = offer.moved !== offer.settles;
  const change = el('output', { class: 'money change', 'data-change': true });
  const notes = [offer.moved, ...offer.notes].map((note, index) =>
    el('button', { type: 'button', 'data-note-of': note, 'aria-pressed': 'false', onclick: () => hand(note) },
      index === 0 ? t('tender.exact') : money(note, currency)));
  const form = el('form', { class: 'form cash-pane', novalidate: true },
    el('h2', { id: 'cash-pane-title' }, t('tender.cash')),
    el('div', { class: 'cash-due' },
      el('p', { class: 'soft' }, t(part === null ? 'tender.to_pay' : 'tender.part_in_cash')),
      el('p', { class: 'money amount', 'data-cash-due': true }, money(offer.moved, currency)),
      rounded ? el('p', { class: 'soft small', 'data-rounded': true }, t('tender.rounded_from', { amount: money(offer.settles, currency) })) : null),
    el('div', { class: 'cash-notes', role: 'group', 'aria-label': t('tender.notes') }, ...notes),
    el('div', { class: 'field' },
      el('label', {}, t('tender.given')),
      el('input', { type: 'text', name: 'given', inputmode: 'decimal', autocomplete: 'off', class: 'money', placeholder: offer.moved, oninput: () => count() }),
      el('span', { class: 'soft small' }, t('tender.given_hint')),
      el('span', { class: 'field-error', role: 'alert', 'data-error': 'given' })),
    el('p', { class: 'change-line' }, el('span', { class: 'soft' }, t('tender.change')), change),
    el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
    el('div', { class: 'actions end' },
      el('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')),
      el('button', { type: 'submit', class: 'main' }, t('tender.take_cash'))));
  tieFields(form);
  const dialog = el('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'cash-pane-title' }, form);
  const field = find(form, 'input', HTMLInputElement);

  let asked = 0;
  const count = async () => {
    const given = field.value.trim();
    const turn = (asked += 1);
    clearErrors(form);
    for (const note of notes) note.setAttribute('aria-pressed', String(note.dataset.noteOf === given));
    if (given === '') {
      show(money(zeroLike(offer), currency));
      return;
    }
    try {
      const left = await call('cash_change', { entry: sale.entry, part, given });
      if (turn === asked) show(money(left, currency));
    } catch {
      // Half an amount, or not enough yet: taking it says what is wrong.
      if (turn === asked) show('–');
    }
  };
  const show = (/** @type {string} */ text) => (change.textContent = text);
  const hand = (/** @type {string} */ note) => {
    setValue(form, 'given', note);
    field.focus();
    count();
  };
  const take = single(async () => {
    clearErrors(form);
    setBusy(form, true);
    const given = value(form, 'given').trim() || null;
    try {
      const taken = await sale.inTurn(() => call('take_cash', { form: { entry: sale.entry, part, due: offer.due }, given, sure }));
      dialog.close();
      checkout.showTaken(taken);
    } catch (thrown) {
      await sale.afterRefusal();
      showRefusal(form, thrown, PLACES);
      // Another payment came to be in question while the cash was counted: a habit of pressing Enter twice is no answer to that.
      if (asCommandError(thrown).code === 'same_amount_open') {
        const answer = await isAnotherCustomer(offer.settles, t('tender.take_cash'));
        if (answer === 'no') dialog.close();
        sure = answer === 'another';
      }
    } finally {
      setBusy(form, false);
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    take();
  });
  count();
  const closed = openDialog(dialog);
  field.focus();
  await closed;
}

/** Nothing, with as many decimals as the offer has. @param {CashOfferView} offer */
const zeroLike = (offer) => offer.moved.replace(/\d/g, '0').replace(/^0+(?=0)/, '');
