//! Set-up's fourth step: the first manager, with whom the till opens for business. The PIN is typed once and can be looked at,
//! which finds a slip better than typing it twice.
// @ts-check
import { setValue, showError, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { session } from '../models/till.js';
import { SetupPage } from './setup-page.js';

/** @import { SetupView } from '../types/ipc.js' */

export class KaunterSetupManager extends SetupPage {
  step = /** @type {const} */ ('manager');
  places = { name: 'managerName', pin: 'managerPin' };

  start() {
    super.start();
    this.on('[data-peek]', 'click', () => this.#peek());
  }

  get nextWords() {
    return t('setup.go_live');
  }

  /** @param {SetupView} draft */
  fill(draft) {
    setValue(this.form, 'managerName', draft.managerName);
  }

  #peek() {
    const field = this.find('[name=managerPin]', HTMLInputElement);
    const shown = field.type === 'text';
    field.type = shown ? 'password' : 'text';
    const button = this.find('[data-peek]', HTMLElement);
    button.setAttribute('aria-pressed', String(!shown));
    field.focus();
  }

  async check() {
    this.clear();
    const name = value(this.form, 'managerName').trim();
    const pin = value(this.form, 'managerPin');
    if (name === '') showError(this.form, 'managerName', t('setup.needed.managerName'));
    if (pin === '') showError(this.form, 'managerPin', t('setup.needed.managerPin'));
    if (name === '' || pin === '') return false;
    session.take(await call('setup_manager', { name, pin }));
    return true;
  }
}

customElements.define('kaunter-setup-manager', KaunterSetupManager);
