//! Set-up: training at once, or a live till step by step, each step checked before the next. The shell keeps the
//! answers, so that it goes on where it was left.
// @ts-check
import { tell } from '../lib/announce.js';
import { find, fragment } from '../lib/dom.js';
import { setBusy, showRefusal } from '../lib/forms.js';
import { asCommandError, call } from '../lib/ipc.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import { Part } from '../elements/part.js';
import { KaunterProgress, stepText } from '../elements/progress.js';
import '../elements/setup-account.js';
import '../elements/setup-terminal.js';
import '../elements/setup-store.js';
import '../elements/setup-manager.js';

/**
 * @import { SetupView, WizardStep } from '../types/ipc.js'
 * @typedef {import('../elements/setup-page.js').SetupPage} SetupPage
 */

/** @type {WizardStep[]} */
const STEPS = ['account', 'terminal', 'store', 'manager'];

export class KaunterSetup extends Part {
  /** @type {SetupView | null} */
  #draft = null;
  /** @type {WizardStep} */
  #step = 'account';

  start() {
    this.replaceChildren(fragment('setup'));
    this.on('[data-training]', 'click', () => this.#train());
    this.on('[data-live]', 'click', () => this.#begin());
    this.on('[data-back]', 'click', () => this.#back());
    this.on('[data-body]', 'submit', (event) => {
      event.preventDefault();
      this.#leave();
    });
    this.addEventListener('words', () => this.#drawNext(), { signal: this.life });
    notices.quietly(async () => {
      const draft = await call('resume_setup', {});
      if (draft?.step && this.isConnected) this.#open(draft, draft.step);
    });
  }

  speak() {
    super.speak();
    if (!this.find('[data-wizard]', HTMLElement).hidden) this.#drawNext();
  }

  get #page() {
    return /** @type {SetupPage} */ (this.find('[data-body]', HTMLElement).firstElementChild);
  }

  #train = single(async () => {
    await notices.attempt(async () => session.take(await call('choose_training', {})));
  });

  #begin = single(async () => {
    notices.clear();
    try {
      const draft = await call('open_setup', {});
      this.#open(draft, draft.step ?? 'account');
    } catch (thrown) {
      // Another process has set the till up meanwhile: it is there to be used.
      if (asCommandError(thrown).code === 'set_up_already') await notices.attempt(() => session.refresh());
      else notices.show(thrown);
    }
  });

  /** @param {SetupView} draft @param {WizardStep} step */
  #open(draft, step) {
    this.#draft = draft;
    this.#step = step;
    this.find('[data-choice]', HTMLElement).hidden = true;
    this.find('[data-wizard]', HTMLElement).hidden = false;
    find(this, 'kaunter-progress', KaunterProgress).show(step);
    const page = /** @type {SetupPage} */ (document.createElement(`kaunter-setup-${step}`));
    page.draft = draft;
    this.find('[data-body]', HTMLElement).replaceChildren(page);
    this.find('[data-body]', HTMLElement).scrollTop = 0;
    this.#drawNext();
    tell(`${stepText(step)}: ${t(`setup.title.${step}`)}`);
    page.land();
  }

  #drawNext() {
    this.find('[data-next-words]', HTMLElement).textContent = this.#page.nextWords;
  }

  #back() {
    const before = STEPS[STEPS.indexOf(this.#step) - 1];
    if (this.#draft && before) {
      this.#open(this.#draft, before);
      return;
    }
    this.find('[data-wizard]', HTMLElement).hidden = true;
    this.find('[data-choice]', HTMLElement).hidden = false;
    this.find('[data-body]', HTMLElement).replaceChildren();
    this.land();
  }

  /** Leaves the step forwards, if it is right. */
  #leave = single(async () => {
    const page = this.#page;
    const form = page.form;
    setBusy(form, true);
    this.#busy(true);
    try {
      if (!(await page.check()) || !this.isConnected) return;
      const next = STEPS[STEPS.indexOf(this.#step) + 1];
      const draft = next ? await call('resume_setup', {}) : null;
      if (draft && next && this.isConnected) this.#open(draft, next);
    } catch (thrown) {
      if (this.isConnected) showRefusal(form, thrown, page.places);
    } finally {
      if (this.isConnected) {
        setBusy(form, false);
        this.#busy(false);
      }
    }
  });

  /** @param {boolean} busy */
  #busy(busy) {
    const next = this.find('[data-next]', HTMLButtonElement);
    // Not disabled: that would take the focus away from whoever pressed it.
    next.setAttribute('aria-busy', String(busy));
    this.find('[data-back]', HTMLButtonElement).disabled = busy;
  }
}

customElements.define('kaunter-setup', KaunterSetup);
