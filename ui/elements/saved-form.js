//! What every form of Settings shares: it is sent once at a time, says that it is saved or why not, beside the field, and says
//! itself anew in another language without losing what was typed.
// @ts-check
import { tell } from '../lib/announce.js';
import { find } from '../lib/dom.js';
import { clearErrors, setBusy, showRefusal } from '../lib/forms.js';
import { t } from '../lib/text.js';
import { Part } from './part.js';

/** A part with one form of its own, the first in it, which has a `[data-saved]` and places for errors. */
export class SavedForm extends Part {
  /** Where a refusal stands in this form, if not where it usually does. @type {Record<string, string>} */
  places = {};
  #saving = false;

  get form() {
    return this.find('form', HTMLFormElement);
  }

  /** Saves when the form is sent; a change takes "saved" away. @param {() => unknown} save */
  listen(save) {
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      save();
    }, { signal: this.life });
    this.form.addEventListener('input', () => this.saved(''), { signal: this.life });
  }

  speak() {
    super.speak();
    // What was said of the last saving is in the other language; the next one is heard anew.
    this.saved('');
    clearErrors(this.form);
  }

  /** A box of the form. @param {string} name */
  box(name) {
    return find(this.form, `input[type=checkbox][name=${name}]`, HTMLInputElement);
  }

  /** @param {string} words */
  saved(words) {
    find(this.form, '[data-saved]', HTMLElement).textContent = words;
    if (words) tell(words);
  }

  /**
   * Sends what is filled in, and shows what came of it.
   * @template T
   * @param {() => Promise<T>} ask
   * @param {(kept: T) => void} done shows what was kept
   */
  async save(ask, done) {
    if (this.#saving) return;
    this.#saving = true;
    const { form } = this;
    clearErrors(form);
    setBusy(form, true);
    try {
      const kept = await ask();
      if (!this.isConnected) return;
      done(kept);
      this.saved(t('saved'));
    } catch (thrown) {
      showRefusal(form, thrown, this.places);
    } finally {
      setBusy(form, false);
      this.#saving = false;
    }
  }
}
