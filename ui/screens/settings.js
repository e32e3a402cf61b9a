//! Settings: the store's words, how the till looks and locks, and where its data and secrets lie.
// @ts-check
import { el, find, fragment } from '../lib/dom.js';
import { setValue, value } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { whole as inWords } from '../lib/numbers.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import '../elements/callback-settings.js';
import '../elements/display-settings.js';
import '../elements/log-panel.js';
import { SavedForm } from '../elements/saved-form.js';
import { KaunterState } from '../elements/state.js';
import '../elements/account-panel.js';
import '../elements/counter-settings.js';
import '../elements/payment-options.js';
import '../elements/tax-settings.js';
import '../elements/printing.js';
import '../elements/rounding-settings.js';

/** @import { AppView, JournalView, SettingsView } from '../types/ipc.js' */

export class KaunterSettings extends SavedForm {
  /** @type {SettingsView | null} */
  #settings = null;
  /** @type {JournalView | null} */
  #checked = null;

  start() {
    this.replaceChildren(fragment('settings'));
    this.listen(() => this.#save());
    this.box('neverLocks').addEventListener('change', () => this.#drawLock(), { signal: this.life });
    this.on('[data-theme-choice]', 'change', (event) => {
      const theme = /** @type {AppView['theme']} */ (/** @type {HTMLInputElement} */ (event.target).value);
      notices.attempt(async () => session.take(await call('set_theme', { theme })));
    });
    this.on('[data-leave]', 'click', () => notices.attempt(async () => session.take(await call('leave_training', {}))));
    this.on('[data-verify]', 'click', () => this.#verify());
    this.find('[data-state]', KaunterState).load(() => call('settings', {}), (settings) => {
      this.find('[data-all]', HTMLElement).hidden = false;
      this.#draw(settings);
    });
  }

  speak() {
    super.speak();
    this.#drawFacts();
    this.#drawChecked();
  }

  /** @param {SettingsView} settings */
  #draw(settings) {
    setValue(this.form, 'storeName', settings.storeName);
    setValue(this.form, 'header', settings.header.join('\n'));
    this.box('neverLocks').checked = settings.lockAfterMinutes === 0;
    setValue(this.form, 'lockAfterMinutes', settings.lockAfterMinutes === 0 ? '' : String(settings.lockAfterMinutes));
    this.#drawLock();
    find(this, `input[name=theme][value=${settings.theme}]`, HTMLInputElement).checked = true;
    this.find('[data-leave-training]', HTMLElement).hidden = settings.mode !== 'training';
    this.#settings = settings;
    this.#drawFacts();
  }

  /** There is no time to set for a till that never locks itself. */
  #drawLock() {
    find(this.form, '[name=lockAfterMinutes]', HTMLInputElement).disabled = this.box('neverLocks').checked;
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
    const words = whole ? t('settings.journal_whole', { entries: inWords(entries), head }) : t('settings.journal_broken', { fault: fault ?? '' });
    line.className = `journal note ${whole ? 'good' : 'bad'}`;
    line.replaceChildren(icon(whole ? 'check' : 'warning'), el('span', {}, words));
  }

  #save() {
    const { form } = this;
    const header = value(form, 'header').split('\n').map((line) => line.trimEnd());
    while (header.at(-1) === '') header.pop();
    const lockAfterMinutes = this.box('neverLocks').checked ? null : value(form, 'lockAfterMinutes');
    const filled = { storeName: value(form, 'storeName').trim(), header, lockAfterMinutes };
    return this.save(() => call('save_settings', { form: filled }), (saved) => this.#draw(saved));
  }
}

customElements.define('kaunter-settings', KaunterSettings);
