//! Set-up's third step: what stands at the top of each receipt, and what is sold in.
// @ts-check
import { el } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { setValue, showError, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { t } from '../lib/text.js';
import { SetupPage } from './setup-page.js';

/** @import { SetupView } from '../types/ipc.js' */

export class KaunterSetupStore extends SetupPage {
  step = /** @type {const} */ ('store');
  places = { name: 'storeName' };

  start() {
    super.start();
    this.addEventListener('input', () => this.#preview(), { signal: this.life });
  }

  /** @param {SetupView} draft */
  fill(draft) {
    this.find('[name=currency]', HTMLElement).replaceChildren(...draft.currencies.map((code) => el('option', { value: code }, code)));
    setValue(this.form, 'storeName', draft.storeName);
    setValue(this.form, 'header', draft.header.join('\n'));
    setValue(this.form, 'currency', draft.currency);
    this.#preview();
  }

  speak() {
    super.speak();
    this.#preview();
  }

  land() {
    this.find('[name=storeName]', HTMLElement).focus();
  }

  get #header() {
    return value(this.form, 'header').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  }

  #preview() {
    this.find('[data-slip-name]', HTMLElement).textContent = value(this.form, 'storeName').trim() || t('settings.store_name');
    this.find('[data-slip-header]', HTMLElement).textContent = this.#header.join('\n');
    this.find('[data-slip-amount]', HTMLElement).textContent = money('12.50', value(this.form, 'currency'));
  }

  async check() {
    this.clear();
    const name = value(this.form, 'storeName').trim();
    if (name === '') {
      showError(this.form, 'storeName', t('setup.needed.storeName'));
      return false;
    }
    const { result, error } = await call('setup_store', { form: { name, header: this.#header, currency: value(this.form, 'currency') } });
    if (result !== 'failed') return true;
    if (error && this.isConnected) showError(this.form, 'currency', explainShort(error));
    return false;
  }
}

customElements.define('kaunter-setup-store', KaunterSetupStore);
