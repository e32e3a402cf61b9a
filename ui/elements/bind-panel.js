//! Binding a terminal: its QR code and key with how long they work, or the list of IDs; and the news that one has come.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, fragment, focusOn } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { asCommandError, call } from '../lib/ipc.js';
import { terminalLabel } from '../lib/labels.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { countdown, dateAndTime } from '../lib/time.js';
import { session, terminals } from '../models/till.js';
import { Part } from './part.js';
import { qrCode } from './qr-code.js';
import './prebind.js';

/** @import { BindingView } from '../types/ipc.js' */

/** Tells its surroundings of `close`, and of `show` with the ID of the terminal that came. */
export class KaunterBindPanel extends Part {
  /** Held only while the panel is shown: whoever has the key can bind a terminal. @type {BindingView | null} */
  #binding = null;
  /** Those that came while the panel was open. @type {string[]} */
  #came = [];

  start() {
    this.replaceChildren(fragment('bind'));
    this.#came = [];
    this.on('[data-close]', 'click', () => this.dispatchEvent(new Event('close')));
    this.on('[data-way]', 'change', (event) => this.#choose(/** @type {HTMLInputElement} */ (event.target).value));
    this.on('[data-new-key]', 'click', () => this.#ask());
    this.on('[data-training-scan]', 'click', () => this.#scan());
    this.on('[data-show-it]', 'click', () => this.dispatchEvent(new CustomEvent('show', { detail: this.#came.at(-1) })));
    this.find('[data-training-scan]', HTMLElement).hidden = session.view.mode !== 'training';
    terminals.watch(() => this.#greet(), this.life);
    this.every(1000, () => this.#tick());
    this.life.addEventListener('abort', () => (this.#binding = null));
    this.#ask();
  }

  land() {
    focusOn(this.find('#bind-title', HTMLElement));
  }

  /** @param {string} way */
  #choose(way) {
    for (const part of this.querySelectorAll('[data-part]')) {
      /** @type {HTMLElement} */ (part).hidden = part.getAttribute('data-part') !== way;
    }
  }

  #ask = single(async () => {
    const button = this.find('[data-new-key]', HTMLButtonElement);
    const problem = this.find('[data-key-error]', HTMLElement);
    button.setAttribute('aria-busy', 'true');
    problem.textContent = '';
    try {
      const binding = await call('binding', {});
      if (!this.isConnected) return;
      this.#binding = binding;
      this.#draw(binding);
    } catch (thrown) {
      if (!this.isConnected) return;
      this.#binding = null;
      this.#hide();
      problem.textContent = explainShort(asCommandError(thrown));
    } finally {
      button.removeAttribute('aria-busy');
    }
  });

  /** @param {BindingView} binding */
  #draw(binding) {
    const { squares, picture, code } = binding;
    const place = this.find('[data-code]', HTMLElement);
    place.removeAttribute('data-over');
    if (squares) place.replaceChildren(qrCode(squares, t('bind.code')));
    else if (picture) place.replaceChildren(el('img', { class: 'qr-code', src: picture, alt: t('bind.code'), draggable: 'false' }));
    else place.replaceChildren(el('p', { class: 'soft' }, t('bind.no_code')));
    const note = this.find('[data-code-note]', HTMLElement);
    note.hidden = code !== 'another' && code !== 'unread';
    this.find('[data-code-note-words]', HTMLElement).textContent = code === 'another' ? t('bind.two_keys') : code === 'unread' ? t('bind.unread') : '';
    this.find('[data-typed]', HTMLElement).hidden = false;
    this.find('[data-key]', HTMLElement).textContent = binding.key;
    this.#tick();
  }

  /** Nothing that could be scanned or typed in vain stays to be seen. */
  #hide() {
    this.find('[data-code]', HTMLElement).replaceChildren(el('p', { class: 'soft' }, t('bind.no_key')));
    this.find('[data-typed]', HTMLElement).hidden = true;
    this.find('[data-code-note]', HTMLElement).hidden = true;
  }

  #tick() {
    const binding = this.#binding;
    if (!binding) return;
    const left = countdown(binding.expiresAt);
    if (left === null) {
      this.#binding = null;
      this.#hide();
      this.find('[data-key-error]', HTMLElement).textContent = t('bind.expired');
      return;
    }
    const life = this.find('[data-life]', HTMLElement);
    const words = t('bind.life', { left, until: dateAndTime(binding.expiresAt) });
    if (life.textContent !== words) life.textContent = words;
  }

  #scan = single(async () => {
    const problem = this.find('[data-key-error]', HTMLElement);
    problem.textContent = '';
    try {
      await call('let_terminal_bind', { key: this.#binding?.key ?? '' });
      await terminals.refresh();
    } catch (thrown) {
      problem.textContent = explainShort(asCommandError(thrown));
    }
  });

  /** Says which terminal has come, as soon as the list has it. */
  #greet() {
    const news = terminals.fresh.filter((id) => !this.#came.includes(id));
    this.#came = [...this.#came, ...news];
    const newest = terminals.view.terminals.find(({ id }) => id === this.#came.at(-1));
    this.find('[data-came]', HTMLElement).hidden = !newest;
    this.find('[data-wait]', HTMLElement).hidden = Boolean(newest);
    if (!newest) return;
    const words = t('bind.came', { name: terminalLabel(newest) });
    this.find('[data-came-words]', HTMLElement).textContent = words;
    if (news.length > 0) tell(words);
  }
}

customElements.define('kaunter-bind-panel', KaunterBindPanel);
