//! A virtual terminal: what it shows, and what the trainee, who is the customer here, does at it.
// @ts-check
import { el, fragment } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { asCommandError, call } from '../lib/ipc.js';
import { LANGUAGE_TAGS, language, speak, t } from '../lib/text.js';
import { Part } from './part.js';
import { reasonsFor, screenOf, slipOf } from './virtual-terminal-scenes.js';

/** @import { TerminalAct, VirtualTerminalView } from '../types/ipc.js' */

/** How long the screen shows how it ended. */
const SHOWN_MS = 12_000;
/** PINs have so many digits. */
const PIN = { least: 4, most: 6 };

export class KaunterVirtualTerminal extends Part {
  /** @type {VirtualTerminalView | null} */
  #view = null;
  /** The digits of a PIN, which never leave this page: any will do. Null: no card is in. @type {string | null} */
  #pin = null;
  /** The end that was shown long enough. */
  #over = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  start() {
    this.replaceChildren(fragment('virtual-terminal'));
    for (const button of this.querySelectorAll('[data-act]')) {
      button.addEventListener('click', () => this.#do(/** @type {TerminalAct} */ (button.getAttribute('data-act'))), { signal: this.life });
    }
    for (const key of this.querySelectorAll('[data-key]')) {
      key.addEventListener('click', () => this.#key(key.getAttribute('data-key') ?? ''), { signal: this.life });
    }
    this.on('[data-insert]', 'click', () => this.#insert());
    this.on('[data-decline]', 'click', () => this.#do(/** @type {TerminalAct} */ (this.#why.value)));
    this.on('[data-plug]', 'click', () => this.#do(this.#view?.plugged === false ? 'plug_in' : 'unplug'));
    this.addEventListener('keydown', (event) => this.#typed(event), { signal: this.life });
    this.life.addEventListener('abort', () => clearTimeout(this.#later));
  }

  speak() {
    super.speak();
    document.documentElement.lang = LANGUAGE_TAGS[language()];
    this.#draw();
  }

  /** @param {VirtualTerminalView} view */
  take(view) {
    if (view.shows !== this.#view?.shows) {
      this.#pin = null;
      this.#over = false;
      clearTimeout(this.#later);
      if (view.shows === 'ended') this.#later = setTimeout(() => this.#clear(), SHOWN_MS);
    }
    this.#view = view;
    document.documentElement.dataset.theme = view.theme;
    document.title = `${view.name || view.id} · ${t('vt.device')}`;
    this.#refused('');
    speak(view.language).then(() => this.#draw());
  }

  get #why() {
    return this.find('[data-why]', HTMLSelectElement);
  }

  #clear() {
    this.#over = true;
    this.#draw();
  }

  #draw() {
    const view = this.#view;
    if (!view) return;
    const shown = this.#over ? { ...view, shows: /** @type {const} */ ('idle'), verdict: null, slip: null } : view;
    const device = this.find('[data-device]', HTMLElement);
    device.dataset.shows = shown.shows;
    device.dataset.verdict = shown.verdict ?? '';
    device.dataset.plugged = String(shown.plugged);
    device.dataset.card = this.#pin !== null || (shown.shows === 'works' && view.method === 'bankCard') ? 'in' : 'out';
    this.find('[data-screen]', HTMLElement).replaceChildren(...screenOf(shown, this.#pin));
    const slip = this.find('[data-slip]', HTMLElement);
    slip.hidden = shown.slip === null;
    slip.replaceChildren(...(shown.slip ? slipOf(shown) : []));
    this.#drawHands(shown);
  }

  /** @param {VirtualTerminalView} view */
  #drawHands(view) {
    const asks = view.shows === 'asks';
    const card = view.method === 'bankCard';
    const wallet = view.method === 'qrCustScan' || view.method === 'qrMerchScan';
    const voids = view.task === 'void';
    this.find('[data-hint]', HTMLElement).textContent = t(!view.plugged ? 'vt.hint.unplugged' : asks ? 'vt.hint.asks' : view.shows === 'works' ? 'vt.hint.works' : 'vt.hint.idle');
    // Cash is handed out on a debit card with its PIN only.
    const offered = { tap: (!asks || card) && !voids && view.cash === null, pay_with_app: asks && wallet, confirm: asks && voids };
    for (const [act, is] of Object.entries(offered)) this.find(`[data-act=${act}]`, HTMLElement).hidden = !is;
    this.find('[data-insert]', HTMLElement).hidden = asks && !card;
    for (const button of this.querySelectorAll('.vt-hands button:not([data-plug])')) /** @type {HTMLButtonElement} */ (button).disabled = !asks;
    this.find('[data-plug-words]', HTMLElement).textContent = t(view.plugged ? 'vt.unplug' : 'vt.plug_in');
    const reasons = reasonsFor(view);
    const chosen = this.#why.value;
    this.#why.replaceChildren(...reasons.map(([value, words]) => el('option', { value }, t(words))));
    if (reasons.some(([value]) => value === chosen)) this.#why.value = chosen;
    this.#why.disabled = !asks;
  }

  #insert() {
    this.#pin = '';
    this.#draw();
    this.find('[data-key="1"]', HTMLElement).focus();
  }

  /** A key of the terminal's own. @param {string} key */
  #key(key) {
    const view = this.#view;
    if (view?.shows === 'ended') return this.#clear();
    if (view?.shows !== 'asks') return;
    if (key === 'red') return this.#do('cancel');
    if (this.#pin === null) {
      if (key === 'green' && view.task === 'void') this.#do('confirm');
      return;
    }
    if (key === 'green') {
      if (this.#pin.length >= PIN.least) this.#do('insert');
      return;
    }
    this.#pin = key === 'yellow' ? this.#pin.slice(0, -1) : (this.#pin + key).slice(0, PIN.most);
    this.#draw();
  }

  /** Digits are typed on the keyboard, too, while a PIN is asked for. @param {KeyboardEvent} event */
  #typed(event) {
    if (this.#pin === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const onKey = event.target instanceof HTMLElement && event.target.dataset.key !== undefined;
    if (/^\d$/.test(event.key)) this.#key(event.key);
    else if (event.key === 'Backspace') this.#key('yellow');
    else if (event.key === 'Enter' && (!onKey || /^\d$/.test(/** @type {HTMLElement} */ (event.target).dataset.key ?? ''))) this.#key('green');
    else return;
    event.preventDefault();
  }

  /** @param {TerminalAct} act */
  async #do(act) {
    this.#refused('');
    try {
      await call('at_terminal', { act });
    } catch (thrown) {
      this.#refused(explainShort(asCommandError(thrown)));
    }
  }

  /** @param {string} words */
  #refused(words) {
    const place = this.find('[data-refused]', HTMLElement);
    if (place.textContent !== words) place.textContent = words;
  }
}

customElements.define('kaunter-virtual-terminal', KaunterVirtualTerminal);
