//! Settings: the store's words, how the till looks and locks, and where its data and secrets lie.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, fragment } from '../lib/dom.js';
import { clearErrors, setBusy, setValue, showRefusal, value } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import '../elements/callback-settings.js';
import '../elements/log-panel.js';
import { Part } from '../elements/part.js';
import '../elements/account-panel.js';
import '../elements/payment-options.js';

/** @import { AppView, JournalView, SettingsView } from '../types/ipc.js' */

export class KaunterSettings extends Part {
  /** @type {SettingsView | null} */
  #settings = null;
  /** @type {JournalView | null} */
  #checked = null;

  start() {
    this.replaceChildren(fragment('settings'));
    this.on('[data-form]', 'submit', (event) => {
      event.preventDefault();
      this.#save();
    });
    this.on('[data-form]', 'input', () => this.#saved(''));
    this.on('[data-theme-choice]', 'change', (event) => {
      const theme = /** @type {AppView['theme']} */ (/** @type {HTMLInputElement} */ (event.target).value);
      notices.attempt(async () => session.take(await call('set_theme', { theme })));
    });
    this.on('[data-leave]', 'click', () => notices.attempt(async () => session.take(await call('leave_training', {}))));
    this.on('[data-verify]', 'click', () => this.#verify());
    notices.attempt(async () => {
      const settings = await call('settings', {});
      if (this.isConnected) this.#draw(settings);
    });
  }

  speak() {
    super.speak();
    this.#saved('');
    clearErrors(this.#form);
    this.#drawFacts();
    this.#drawChecked();
  }

  get #form() {
    return this.find('[data-form]', HTMLFormElement);
  }

  /** @param {SettingsView} settings */
  #draw(settings) {
    setValue(this.#form, 'storeName', settings.storeName);
    setValue(this.#form, 'header', settings.header.join('\n'));
    setValue(this.#form, 'lockAfterMinutes', String(settings.lockAfterMinutes));
    find(this, `input[name=theme][value=${settings.theme}]`, HTMLInputElement).checked = true;
    this.find('[data-leave-training]', HTMLElement).hidden = settings.mode !== 'training';
    this.#settings = settings;
    this.#drawFacts();
  }

  #drawFacts() {
    const settings = this.#settings;
    if (!settings) return;
    const facts = [
      [t('settings.currency'), settings.currency],
      [t('settings.data_folder'), settings.dataFolder],
      [t('settings.version'), settings.version],
    ];
    this.find('[data-facts]', HTMLElement).replaceChildren(
      ...facts.filter(([, fact]) => fact).map(([name, fact]) => el('div', {}, el('dt', {}, name ?? ''), el('dd', {}, fact ?? ''))),
    );
  }

  #verify = single(async () => {
    const button = this.find('[data-verify]', HTMLButtonElement);
    button.setAttribute('aria-busy', 'true');
    this.#checked = null;
    this.#drawChecked();
    await notices.attempt(async () => {
      this.#checked = await call('verify_journal', {});
      if (this.isConnected) this.#drawChecked();
    });
    button.removeAttribute('aria-busy');
  });

  #drawChecked() {
    const line = this.find('[data-journal]', HTMLElement);
    line.replaceChildren();
    if (!this.#checked) return;
    const { whole, entries, head, fault } = this.#checked;
    const words = whole ? t('settings.journal_whole', { entries, head }) : t('settings.journal_broken', { fault: fault ?? '' });
    line.className = `journal note ${whole ? 'good' : 'bad'}`;
    line.replaceChildren(icon(whole ? 'check' : 'warning'), el('span', {}, words));
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
      const header = value(form, 'header').split('\n').map((line) => line.trimEnd());
      while (header.at(-1) === '') header.pop();
      const saved = await call('save_settings', { form: { storeName: value(form, 'storeName').trim(), header, lockAfterMinutes: Number(value(form, 'lockAfterMinutes')) } });
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

customElements.define('kaunter-settings', KaunterSettings);
