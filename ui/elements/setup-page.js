//! What every step of Set-up is: a form with a heading, filled from what was answered before, that checks itself.
// @ts-check
import { el, focusOn, fragment } from '../lib/dom.js';
import { clearErrors } from '../lib/forms.js';
import { t } from '../lib/text.js';
import { Part } from './part.js';
import { stepText } from './progress.js';

/** @import { SetupView, WizardStep } from '../types/ipc.js' */

export class SetupPage extends Part {
  /** The answers so far. @type {SetupView | null} */
  draft = null;
  /** Which step it is. @type {WizardStep} */
  step = 'account';
  /** Where this form has what the errors call by a general name. @type {Record<string, string>} */
  places = {};

  start() {
    const form = el('form', { id: 'wizard-form', class: 'step-page', novalidate: true, autocomplete: 'off' },
      el('div', { class: 'step-words' }, el('p', { class: 'step-number' }), el('h1', { 'data-t': `setup.title.${this.step}` }), el('p', { class: 'soft', 'data-t': `setup.why.${this.step}` })),
    );
    form.append(fragment(`setup-${this.step}`));
    this.replaceChildren(form);
    this.speak();
    if (this.draft) this.fill(this.draft);
  }

  speak() {
    super.speak();
    this.clear();
    this.find('.step-number', HTMLElement).textContent = stepText(this.step);
  }

  get form() {
    return this.find('form', HTMLFormElement);
  }

  /** What the button onwards says. */
  get nextWords() {
    return t('setup.next');
  }

  /** @param {SetupView} _draft */
  fill(_draft) {}

  /** Checks the answers and has them kept; false when something is shown that is not right. @returns {Promise<boolean>} */
  async check() {
    return true;
  }

  /** Takes the errors of the last try away. */
  clear() {
    clearErrors(this.form);
  }

  /** The first field that has no answer yet, else the first one. */
  land() {
    const fields = [...this.querySelectorAll('input:not([type=radio]), textarea')].filter((field) => field instanceof HTMLElement && field.checkVisibility());
    const empty = fields.find((field) => /** @type {HTMLInputElement} */ (field).value === '');
    focusOn(/** @type {HTMLElement} */ (empty ?? fields[0] ?? this.find('h1', HTMLElement)));
  }
}
