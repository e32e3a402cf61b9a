//! The fields of a gateway account, in Set-up and in Settings. A secret that is kept is never shown again: its field is
//! empty and says so, for as long as the account it belongs to is the one in the fields beside it.
// @ts-check
import { find, fragment } from '../lib/dom.js';
import { setValue, showError, value } from '../lib/forms.js';
import { t } from '../lib/text.js';
import { Part } from './part.js';

/** @import { AccountFacts, AccountForm, Gateway } from '../types/ipc.js' */

export class KaunterAccountFields extends Part {
  /** @type {AccountFacts | null} */
  #facts = null;

  start() {
    this.replaceChildren(fragment('account-form'));
    this.addEventListener('input', () => this.#update(), { signal: this.life });
    if (this.#facts) this.fill(this.#facts);
    else this.#update();
  }

  get #form() {
    const form = this.closest('form');
    if (!form) throw new Error('Account fields stand in a form');
    return form;
  }

  /** @param {AccountFacts} facts */
  fill(facts) {
    this.#facts = facts;
    if (!this.isConnected) return;
    find(this, `input[name=gateway][value=${facts.gateway}]`, HTMLInputElement).checked = true;
    for (const name of /** @type {const} */ (['address', 'posId', 'merchantId'])) setValue(this.#form, name, facts[name]);
    this.forgetSecrets();
  }

  /** What was typed as a secret leaves the page. */
  forgetSecrets() {
    for (const name of ['password', 'secretKey']) setValue(this.#form, name, '');
    this.#update();
  }

  /** The first field without an answer, for the focus. */
  get firstEmpty() {
    const fields = [...this.querySelectorAll('.field:not([hidden]) input')];
    const empty = fields.find((field) => field instanceof HTMLInputElement && field.value === '' && !this.#kept(field.name));
    return empty instanceof HTMLInputElement ? empty : null;
  }

  /** @returns {AccountForm} */
  get form() {
    const form = this.#form;
    const typed = (/** @type {string} */ name) => value(form, name).trim();
    return {
      gateway: /** @type {Gateway} */ (value(form, 'gateway')),
      address: typed('address'),
      posId: typed('posId'),
      password: value(form, 'password'),
      merchantId: typed('merchantId'),
      secretKey: value(form, 'secretKey'),
    };
  }

  /** Whether all that is needed was typed; what was not is marked. */
  isComplete() {
    const form = this.form;
    /** @type {('address' | 'posId' | 'password' | 'merchantId' | 'secretKey')[]} */
    const needed = ['posId', 'password', 'merchantId', 'secretKey'];
    if (form.gateway === 'other') needed.unshift('address');
    const missing = needed.filter((name) => form[name] === '' && !this.#kept(name));
    for (const name of missing) showError(this.#form, name, t(`setup.needed.${name}`));
    return missing.length === 0;
  }

  /** Whether the login or the merchant is another one than the one in force. */
  get isAnother() {
    const { facts, form } = { facts: this.#facts, form: this.form };
    if (!facts) return { login: true, merchant: true };
    const elsewhere = form.gateway !== facts.gateway || form.address !== facts.address;
    return { login: elsewhere || form.posId !== facts.posId, merchant: elsewhere || form.merchantId !== facts.merchantId };
  }

  /** Whether the keyring has this secret of the account in the fields. @param {string} name */
  #kept(name) {
    if (name === 'password') return this.#facts?.passwordKept === true && !this.isAnother.login;
    return name === 'secretKey' && this.#facts?.secretKeyKept === true && !this.isAnother.merchant;
  }

  #update() {
    this.find('[data-address]', HTMLElement).hidden = value(this.#form, 'gateway') !== 'other';
    for (const note of this.querySelectorAll('[data-kept]')) {
      const name = note.getAttribute('data-kept') ?? '';
      /** @type {HTMLElement} */ (note).hidden = !this.#kept(name);
      find(this, `input[name=${name}]`, HTMLInputElement).placeholder = this.#kept(name) ? '••••••••' : '';
    }
  }
}

customElements.define('kaunter-account-fields', KaunterAccountFields);
