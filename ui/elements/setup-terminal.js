//! Set-up's second step: the terminal that stands at this till. An only one is chosen by itself; without one the till
//! can be opened all the same, and says what to do.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, focusOn } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { setValue, showError, showRefusal, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { sentences, t } from '../lib/text.js';
import { SetupPage } from './setup-page.js';

/** @import { SetupView, TerminalView } from '../types/ipc.js' */

/** How often a list without a terminal is asked for again, so that one that was just bound shows by itself. */
const LOOK_EVERY_MS = 15_000;

export class KaunterSetupTerminal extends SetupPage {
  step = /** @type {const} */ ('terminal');
  places = { name: 'terminalName' };
  /** @type {TerminalView[] | null} */
  #listed = null;
  /** @type {Promise<void> | null} */
  #looking = null;

  start() {
    super.start();
    this.on('[data-again]', 'click', () => this.#look());
    this.every(LOOK_EVERY_MS, () => {
      if (this.#listed?.length === 0) this.#look();
    });
    this.#look();
  }

  speak() {
    super.speak();
    if (this.#listed) this.#draw(this.#listed);
  }

  get nextWords() {
    return t(this.#listed?.length === 0 ? 'setup.without_terminal' : 'setup.next');
  }

  /** @param {SetupView} draft */
  fill(draft) {
    setValue(this.form, 'terminalName', draft.terminalName);
  }

  land() {
    const chosen = this.querySelector('input[type=radio]:checked');
    if (chosen) this.find('[name=terminalName]', HTMLElement).focus();
    else focusOn(find(this, this.querySelector('input[type=radio]') ? 'input[type=radio]' : 'h1', HTMLElement));
  }

  /** One look at a time; whoever asks meanwhile waits for it. */
  #look() {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #lookOnce() {
    const button = this.find('[data-again]', HTMLElement);
    button.setAttribute('aria-busy', 'true');
    try {
      const listed = await call('setup_terminals', {});
      if (!this.isConnected) return;
      this.clear();
      this.#draw(listed);
    } catch (thrown) {
      if (this.isConnected) showRefusal(this.form, thrown, { posId: 'form', password: 'form', secretKey: 'form', merchantId: 'form', address: 'form' });
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  /** @param {TerminalView[]} listed */
  #draw(listed) {
    const first = this.#listed === null;
    const before = value(this.form, 'terminalId') || this.draft?.terminalId || '';
    const chosen = listed.length === 1 && listed[0] ? listed[0].id : before;
    const focused = this.querySelector('[data-terminal-list]')?.contains(document.activeElement) ?? false;
    this.#listed = listed;
    for (const part of this.querySelectorAll('[data-none]')) /** @type {HTMLElement} */ (part).hidden = listed.length > 0;
    this.find('[data-which]', HTMLElement).hidden = listed.length === 0;
    this.find('.terminals', HTMLElement).hidden = listed.length === 0;
    this.find('[data-terminal-name]', HTMLElement).hidden = listed.length === 0;
    this.find('[data-terminal-list]', HTMLElement).replaceChildren(
      ...listed.map((terminal) =>
        el('label', { class: 'choice' },
          el('input', { type: 'radio', name: 'terminalId', value: terminal.id, checked: terminal.id === chosen }),
          el('span', {}, el('b', {}, terminal.id), el('small', { class: 'soft' }, t(`terminals.kind.${terminal.kind}`))),
          el('span', { class: `pill ${terminal.light}` }, t(`light.${terminal.light}`)))),
    );
    this.dispatchEvent(new CustomEvent('words', { bubbles: true }));
    tell(t('setup.terminals_found', { count: listed.length }));
    if (first || focused) this.land();
  }

  async check() {
    this.clear();
    // Whoever is quicker than the list waits for it.
    if (this.#listed === null) await this.#look();
    if (this.#listed === null || !this.isConnected) return false;
    const id = value(this.form, 'terminalId') || null;
    if (id === null && this.#listed.length !== 0) {
      showError(this.form, 'terminalId', t('setup.terminal_needed'));
      const radio = this.querySelector('input[type=radio]');
      if (radio instanceof HTMLElement) radio.focus();
      return false;
    }
    const { result, error } = await call('setup_terminal', { id, name: value(this.form, 'terminalName').trim() });
    if (result !== 'failed') return true;
    if (error && this.isConnected) showError(this.form, 'form', sentences(explainShort(error), t('setup.go_back')));
    return false;
  }
}

customElements.define('kaunter-setup-terminal', KaunterSetupTerminal);
