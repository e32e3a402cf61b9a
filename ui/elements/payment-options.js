//! Settings' part about payments: cash-out and its limits, the terminal's slips, and the optional fields.
// @ts-check
import { el, find, fragment } from '../lib/dom.js';
import { setValue, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import { SavedForm } from './saved-form.js';

/** @import { OptionsView } from '../types/ipc.js' */

export class KaunterPaymentOptions extends SavedForm {
  start() {
    this.replaceChildren(fragment('payment-options'));
    this.listen(() => this.#save());
    this.form.addEventListener('input', () => this.#showLimits(), { signal: this.life });
    notices.quietly(async () => {
      const view = await call('payment_options', {});
      if (this.isConnected) this.#draw(view);
    });
  }

  speak() {
    super.speak();
    const none = this.#products.options[0];
    if (none) none.textContent = t('extras.product_none');
  }

  get #products() {
    return find(this.form, 'select[name=productIndex]', HTMLSelectElement);
  }

  /** @param {OptionsView} view */
  #draw(view) {
    const numbers = Array.from({ length: view.lastProduct + 1 }, (_, number) => String(number));
    this.#products.replaceChildren(el('option', { value: '' }, t('extras.product_none')), ...numbers.map((number) => el('option', { value: number }, number)));
    for (const name of /** @type {const} */ (['cashOut', 'asksProduct', 'asksPromo'])) this.box(name).checked = view[name];
    for (const name of /** @type {const} */ (['cashMost', 'cashStep', 'referenceLabel', 'productIndex', 'metadata'])) setValue(this.form, name, view[name]);
    setValue(this.form, 'printCount', view.printCount === null ? '' : String(view.printCount));
    for (const unit of this.querySelectorAll('[data-currency]')) unit.textContent = session.view.currency;
    this.#showLimits();
  }

  /** The limits matter only where cash is handed back. */
  #showLimits() {
    this.find('[data-limits]', HTMLElement).hidden = !this.box('cashOut').checked;
  }

  #save() {
    const { form } = this;
    const slips = value(form, 'printCount');
    return this.save(() => call('save_payment_options', {
      form: {
        cashOut: this.box('cashOut').checked,
        cashMost: value(form, 'cashMost'),
        cashStep: value(form, 'cashStep'),
        printCount: slips === '' ? null : Number(slips),
        referenceLabel: value(form, 'referenceLabel'),
        productIndex: value(form, 'productIndex'),
        metadata: value(form, 'metadata'),
        asksProduct: this.box('asksProduct').checked,
        asksPromo: this.box('asksPromo').checked,
      },
    }), (saved) => this.#draw(saved));
  }
}

customElements.define('kaunter-payment-options', KaunterPaymentOptions);
