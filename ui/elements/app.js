//! The window's frame: chooses the screen for the session and the address, and keeps bar and notice around it.
// @ts-check
import { tell } from '../lib/announce.js';
import { takeKeys, isTyping } from '../lib/keys.js';
import { LANGUAGE_TAGS, language, t } from '../lib/text.js';
import { badgeText } from '../lib/labels.js';
import { checkout, notices, sale, session, unresolved } from '../models/till.js';
import { openKeySheet } from './key-sheet.js';
import { Part } from './part.js';
import { askSameAmount } from './same-amount.js';
import './bar.js';
import './language.js';
import './notice.js';
import './standing.js';
import '../screens/setup.js';
import '../screens/lock.js';
import '../screens/sell.js';
import '../screens/pay.js';
import '../screens/history.js';
import '../screens/unresolved.js';
import '../screens/terminals.js';
import '../screens/items.js';
import '../screens/staff.js';
import '../screens/settings.js';
import '../screens/account.js';
import '../screens/first-sale.js';

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
    this.replaceChildren(document.createElement('kaunter-bar'), document.createElement('kaunter-standing'), document.createElement('kaunter-notice'), place);
    window.addEventListener('hashchange', () => this.#show(), { signal: this.life });
    session.watch(() => this.#sessionChanged(), this.life);
    checkout.watch(() => this.#show(), this.life);
    checkout.onSameAmount = askSameAmount;
    unresolved.watch(() => this.#tellSettled(), this.life);
    takeKeys((event) => {
      if (event.key !== '?' || isTyping(event) || !session.view.session) return false;
      openKeySheet();
      return true;
    }, this.life);
  }

  #sessionChanged() {
    const { session: who, theme, problem } = session.view;
    document.documentElement.dataset.theme = theme;
    if (problem && problem.code !== this.#problem) notices.show(problem);
    if (!problem && this.#problem !== null && notices.error?.code === this.#problem) notices.clear();
    this.#problem = problem?.code ?? null;
    if ((who?.id ?? null) !== this.#who) {
      this.#who = who?.id ?? null;
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
    Promise.all([sale.load(), checkout.restore()]).catch((thrown) => notices.show(thrown));
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
    this.dataset.screen = wanted;
    const screen = this.#put(wanted);
    this.#title();
    if (!first && wanted !== 'pay') tell(t(/** @type {import('../lib/text.js').TextKey} */ (`screen.${wanted}`)));
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

customElements.define('kaunter-app', KaunterApp);
