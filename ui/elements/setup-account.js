//! Set-up's first step: the gateway account, checked live.
// @ts-check
import { find, focusOn } from '../lib/dom.js';
import { explain, placeOf } from '../lib/errors.js';
import { showError } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { KaunterAccountFields } from './account-fields.js';
import { KaunterCheckList } from './check-list.js';
import { SetupPage } from './setup-page.js';

/** @import { CheckReport, SetupView } from '../types/ipc.js' */

export class KaunterSetupAccount extends SetupPage {
  step = /** @type {const} */ ('account');

  get #fields() {
    return find(this, 'kaunter-account-fields', KaunterAccountFields);
  }

  get #list() {
    return find(this, 'kaunter-check-list', KaunterCheckList);
  }

  /** @param {SetupView} draft */
  fill(draft) {
    this.#fields.fill(draft.account);
  }

  land() {
    focusOn(this.#fields.firstEmpty ?? find(this, 'input:checked', HTMLElement));
  }

  async check() {
    this.clear();
    if (!this.#fields.isComplete()) return false;
    this.#about(false);
    this.#list.begin();
    this.#list.scrollIntoView({ block: 'nearest' });
    try {
      const report = await call('setup_account', { form: this.#fields.form });
      if (!this.isConnected) return false;
      this.#list.end(report.steps);
      showProblems(this.form, report);
      return report.passed;
    } catch (thrown) {
      this.#list.clear();
      this.#about(true);
      throw thrown;
    }
  }

  /** @param {boolean} shown */
  #about(shown) {
    this.find('[data-about]', HTMLElement).hidden = !shown;
  }
}

/** Marks the fields that a check found wrong. @param {HTMLFormElement} form @param {CheckReport} report */
export function showProblems(form, report) {
  for (const { result, error } of report.steps) {
    const place = result === 'failed' && error ? placeOf(error) : null;
    if (error && place) showError(form, place, explain(error).title);
  }
  form.querySelector('[aria-invalid]')?.closest('.field')?.scrollIntoView({ block: 'nearest' });
}

customElements.define('kaunter-setup-account', KaunterSetupAccount);
