//! The window's frame: chooses the screen for the session and the address, and keeps bar and notice around it.
// @ts-check
import { tell } from '../lib/announce.js';
import { keepFocus } from '../lib/focus.js';
import { call } from '../lib/ipc.js';
import { takeKeys } from '../lib/keys.js';
import { LANGUAGE_TAGS, language, t } from '../lib/text.js';
import { badgeText } from '../lib/labels.js';
import { checkout, notices, sale, scans, session, unresolved, verdictNews } from '../models/till.js';
import { Part } from './part.js';
import './bar.js';
import './language.js';
import './notice.js';
import './scan-note.js';
import './standing.js';
import './verdict-note.js';
import '../screens/lock.js';

/** Screens that offer another language: they say themselves anew and keep what was typed. Others are built anew. */
const OFFER_LANGUAGES = new Set(['setup', 'lock', 'settings']);
/** Those of them without a bar, so that the languages stand above them. */
const BEFORE_SIGN_IN = new Set(['setup', 'lock']);

/** Screens by address, and who may open them. @type {Record<string, { forAll: boolean }>} */
const SCREENS = {
  sell: { forAll: true },
  history: { forAll: true },
  unresolved: { forAll: true },
  terminals: { forAll: true },
  items: { forAll: false },
  staff: { forAll: false },
  settings: { forAll: false },
  account: { forAll: false },
  'first-sale': { forAll: false },
};

export class KaunterApp extends Part {
  #shown = '';
  /** @type {number | null} */
  #who = null;
  /** Said once, so that what was read and closed stays closed. @type {string | null} */
  #problem = null;
  #settled = '';
  /** Ends when whoever is signed in has gone. */
  #theirs = new AbortController();

  start() {
    this.addEventListener('ready', () => this.#begin(), { signal: this.life, once: true });
  }

  /** The session has another language: title and document follow, and the screen. */
  speak() {
    this.#title();
    if (this.#shown === '' || OFFER_LANGUAGES.has(this.#shown)) return;
    this.#put(this.#shown);
  }

  #title() {
    document.documentElement.lang = LANGUAGE_TAGS[language()];
    if (this.#shown !== '') document.title = `${t(/** @type {import('../lib/text.js').TextKey} */ (`screen.${this.#shown}`))} · Kaunter`;
  }

  #begin() {
    const place = document.createElement('div');
    place.className = 'place';
    this.replaceChildren(document.createElement('kaunter-bar'), document.createElement('kaunter-standing'), document.createElement('kaunter-notice'), document.createElement('kaunter-scan-note'), document.createElement('kaunter-verdict-note'), place);
    window.addEventListener('hashchange', () => this.#show(), { signal: this.life });
    session.watch(() => this.#sessionChanged(), this.life);
    checkout.watch(() => this.#show(), this.life);
    verdictNews.isSeen = () => this.#shown === 'pay';
    scans.seesTicket = () => this.#shown === 'sell';
    scans.showPayment = (reference) => (location.hash = `#/history/${reference}`);
    unresolved.watch(() => this.#tellSettled(), this.life);
    keepFocus(() => this.#land());
    takeKeys((event, action) => {
      if (!session.view.session || (action !== 'help' && action !== 'lock')) return false;
      if (event.repeat) return true;
      if (action === 'help') notices.attempt(async () => (await import('./key-sheet.js')).openKeySheet());
      else notices.attempt(() => session.lock());
      return true;
    }, this.life);
  }

  #sessionChanged() {
    const { session: who, theme } = session.view;
    // The lock screen of a till that could not be opened says why by itself.
    const problem = session.view.mode === 'setup' ? session.view.problem : null;
    document.documentElement.dataset.theme = theme;
    if (problem && problem.code !== this.#problem) notices.show(problem);
    if (!problem && this.#problem !== null && notices.error?.code === this.#problem) notices.clear();
    this.#problem = problem?.code ?? null;
    if ((who?.id ?? null) !== this.#who) {
      this.#who = who?.id ?? null;
      this.#theirs.abort();
      this.#theirs = new AbortController();
      if (notices.error?.code !== problem?.code) notices.clear();
      for (const dialog of document.querySelectorAll('dialog[open]')) /** @type {HTMLDialogElement} */ (dialog).close();
      if (who) this.#arrived();
      else checkout.leave();
    }
    this.#show();
  }

  /** Somebody unlocked the till: back to where selling starts, or to the payment that is still open. */
  #arrived() {
    sale.clearEntry();
    // A reload keeps its place; a new person starts at Sell, and a new till with its first sale.
    if (this.#shown !== '') location.hash = this.#shown === 'setup' ? '#/first-sale/setup' : '#/sell';
    const { signal } = this.#theirs;
    Promise.all([sale.load(), checkout.restore()])
      .then(() => this.#leftOpen(signal))
      .catch((thrown) => notices.show(thrown));
  }

  /** Money that was given back and never handed over, as far as anybody said: whoever comes next is asked. @param {AbortSignal} signal */
  async #leftOpen(signal) {
    const open = signal.aborted ? [] : await call('to_hand_over', {});
    if (open.length > 0) await (await import('./hand-over.js')).askLeftOpen(open, signal);
  }

  /** Says how a payment ended that was set aside; Pay says it of its own. */
  #tellSettled() {
    const [newest] = unresolved.settled;
    const now = newest ? `${newest.reference} ${newest.state}` : '';
    if (newest && now !== this.#settled && checkout.current?.reference !== newest.reference) tell(badgeText(newest));
    this.#settled = now;
  }

  #wanted() {
    const { mode, session: who } = session.view;
    if (mode === 'setup') return 'setup';
    if (!who) return 'lock';
    const asked = location.hash.split('/')[1] ?? '';
    const screen = SCREENS[asked];
    if (!screen || (!screen.forAll && who.role !== 'manager')) return checkout.isOpen ? 'pay' : 'sell';
    return asked === 'sell' && checkout.isOpen ? 'pay' : asked;
  }

  #show() {
    const wanted = this.#wanted();
    if (wanted === this.#shown) return;
    const first = this.#shown === '';
    this.#shown = wanted;
    if (wanted === 'pay') verdictNews.clear();
    this.dataset.screen = wanted;
    const screen = this.#put(wanted);
    this.#title();
    if (!first && wanted !== 'pay') tell(t(/** @type {import('../lib/text.js').TextKey} */ (`screen.${wanted}`)));
    landOn(screen);
    markScreen(wanted);
  }

  #land() {
    const screen = this.find('.place', HTMLElement).lastElementChild;
    if (screen instanceof Part) screen.land();
  }

  /** @param {string} name */
  #put(name) {
    const screen = document.createElement(`kaunter-${name}`);
    const languages = BEFORE_SIGN_IN.has(name) ? [document.createElement('kaunter-language')] : [];
    this.find('.place', HTMLElement).replaceChildren(...languages, screen);
    return screen;
  }
}

/** Focus goes to where the screen begins; to one that is still being loaded, as soon as it is there. @param {HTMLElement} screen */
async function landOn(screen) {
  await customElements.whenDefined(screen.localName);
  if (screen.isConnected && screen instanceof Part) screen.land();
}

/** Leaves a mark of when a screen last stood painted, for whoever measures: the browser's own User Timing. @param {string} name */
function markScreen(name) {
  // The second frame begins when the first has been drawn.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    performance.clearMarks(`screen:${name}`);
    performance.mark(`screen:${name}`);
  }));
}

customElements.define('kaunter-app', KaunterApp);
