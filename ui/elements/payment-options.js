//! Settings' part about payments: cash-out and its limits, the terminal's slips, and the optional fields.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, fragment } from '../lib/dom.js';
import { clearErrors, setBusy, setValue, showRefusal, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import { Part } from './part.js';

/** @import { OptionsView } from '../types/ipc.js' */

export class KaunterPaymentOptions extends Part {
  start() {
    this.replaceChildren(fragment('payment-options'));
    const form = this.#form;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#save();
    }, { signal: this.life });
    form.addEventListener('input', () => {
      this.#saved('');
      this.#showLimits();
    }, { signal: this.life });
    notices.attempt(async () => {
      const view = await call('payment_options', {});
      if (this.isConnected) this.#draw(view);
    });
  }

  get #form() {
    return this.find('form', HTMLFormElement);
  }

  /** @param {string} name */
  #box(name) {
    return find(this.#form, `input[type=checkbox][name=${name}]`, HTMLInputElement);
  }

  /** @param {OptionsView} view */
  #draw(view) {
    const products = find(this.#form, 'select[name=productIndex]', HTMLSelectElement);
    const numbers = Array.from({ length: view.lastProduct + 1 }, (_, number) => String(number));
    products.replaceChildren(el('option', { value: '' }, t('extras.product_none')), ...numbers.map((number) => el('option', { value: number }, number)));
    for (const name of /** @type {const} */ (['cashOut', 'asksProduct', 'asksPromo'])) this.#box(name).checked = view[name];
    for (const name of /** @type {const} */ (['cashMost', 'cashStep', 'referenceLabel', 'productIndex', 'metadata'])) setValue(this.#form, name, view[name]);
    setValue(this.#form, 'printCount', view.printCount === null ? '' : String(view.printCount));
    for (const unit of this.querySelectorAll('[data-currency]')) unit.textContent = session.view.currency;
    this.#showLimits();
  }

  /** The limits matter only where cash is handed back. */
  #showLimits() {
    this.find('[data-limits]', HTMLElement).hidden = !this.#box('cashOut').checked;
  }

  /** @param {string} words */
  #saved(words) {
    this.find('[data-saved]', HTMLElement).textContent = words;
    if (words) tell(words);
  }

  #save = single(async () => {
    const form = this.#form;
    clearErrors(form);
    setBusy(form, true);
    try {
      const slips = value(form, 'printCount');
      const saved = await call('save_payment_options', {
        form: {
          cashOut: this.#box('cashOut').checked,
          cashMost: value(form, 'cashMost'),
          cashStep: value(form, 'cashStep'),
          printCount: slips === '' ? null : Number(slips),
          referenceLabel: value(form, 'referenceLabel'),
          productIndex: value(form, 'productIndex'),
          metadata: value(form, 'metadata'),
          asksProduct: this.#box('asksProduct').checked,
          asksPromo: this.#box('asksPromo').checked,
        },
      });
      if (!this.isConnected) return;
      this.#draw(saved);
      this.#saved(t('saved'));
    } catch (thrown) {
      showRefusal(form, thrown);
    } finally {
      setBusy(form, false);
    }
  });
}

customElements.define('kaunter-payment-options', KaunterPaymentOptions);
