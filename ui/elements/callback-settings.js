//! Whether, and where, answers by callback are listened for, and how that goes.
// @ts-check
import { el, fragment } from '../lib/dom.js';
import { setValue, value } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { dateAndTime } from '../lib/time.js';
import { notices, session } from '../models/till.js';
import { SavedForm } from './saved-form.js';

/** @import { CallbackView } from '../types/ipc.js' */

/** How often the listener is looked at while this is shown. */
const LOOK = 5_000;

export class KaunterCallbackSettings extends SavedForm {
  #standing = '';
  /** @type {CallbackView | null} */
  #view = null;

  start() {
    this.#standing = '';
    this.#view = null;
    this.replaceChildren(fragment('callback'));
    const training = session.view?.mode === 'training';
    this.find('[data-training]', HTMLElement).hidden = !training;
    if (training) return;
    this.form.hidden = false;
    this.listen(() => this.#save());
    notices.quietly(async () => {
      const view = await call('callback_settings', {});
      if (!this.isConnected) return;
      this.#fill(view);
      this.#draw(view);
    });
    this.every(LOOK, () => this.#look());
  }

  speak() {
    super.speak();
    if (this.#view) this.#draw(this.#view);
  }

  /** What was typed stays; only how it goes is drawn anew. */
  #look = single(async () => {
    try {
      const view = await call('callback_settings', {});
      if (this.isConnected) this.#draw(view);
    } catch (thrown) {
      // Locked meanwhile, most likely: the next look or the lock screen says so.
    }
  });

  /** @param {CallbackView} view */
  #fill(view) {
    this.box('on').checked = view.on;
    setValue(this.form, 'address', view.address);
    setValue(this.form, 'path', view.path);
  }

  /** @param {CallbackView} view */
  #draw(view) {
    this.#view = view;
    const line = this.find('[data-standing]', HTMLElement);
    const look = this.#words(view);
    // A status that is written anew is read out anew.
    if (look.words !== this.#standing) {
      this.#standing = look.words;
      line.className = `note ${look.tone}`;
      line.replaceChildren(icon(look.icon), el('span', {}, look.words));
    }
    const refusal = view.lastRefusal && view.lastRefusedAt
      ? ` ${t('callback.last_refusal', { time: dateAndTime(view.lastRefusedAt), why: t(`callback.refusal.${view.lastRefusal}`) })}`
      : '';
    const tally = this.find('[data-tally]', HTMLElement);
    tally.textContent = view.standing === 'off' ? '' : t('callback.tally', { taken: view.taken, refused: view.refused }) + refusal;
  }

  /**
   * @param {CallbackView} view
   * @returns {{ words: string, tone: string, icon: 'check' | 'info' | 'warning' }}
   */
  #words(view) {
    if (view.standing === 'listening') return { words: t('callback.listening', { url: `http://${view.address}${view.path}` }), tone: 'good', icon: 'check' };
    if (view.standing === 'failed') {
      const why = t(`callback.problem.${view.problem ?? 'other'}`, { detail: view.detail });
      return { words: t('callback.failed', { address: view.address, why }), tone: 'bad', icon: 'warning' };
    }
    return { words: t(`callback.${view.standing}`), tone: '', icon: 'info' };
  }

  #save() {
    const { form } = this;
    const ask = () => call('save_callback', { form: { on: this.box('on').checked, address: value(form, 'address'), path: value(form, 'path') } });
    return this.save(ask, (view) => {
      this.#fill(view);
      this.#draw(view);
    });
  }
}

customElements.define('kaunter-callback-settings', KaunterCallbackSettings);
