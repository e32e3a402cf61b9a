//! Who is at the till, in which mode, and what the shell says of the whole app.
// @ts-check
import { call } from '../lib/ipc.js';
import { speak } from '../lib/text.js';
import { Watchable } from './watchable.js';

/** @import { AppView } from '../types/ipc.js' */

/** Problems that can pass without anybody's doing: the other window closes, the keyring starts, the disk is free again. */
const PASSING = ['second_till', 'keyring_missing', 'store_busy', 'store_full'];
const LOOK_AGAIN_MS = 2_000;
/** So long at most the lock screen stays for what the next one will show. */
const GATHER_MS = 150;
/** How often at most the shell hears that somebody is there. */
const ACTIVITY_EVERY_MS = 10_000;

export class Session extends Watchable {
  /** @type {AppView} */
  view = {
    mode: 'setup', version: '', session: null, staff: [], storeName: '', currency: '', theme: 'system',
    language: 'system', lockAfterMinutes: 0, trainingPins: [], terminal: null, unresolved: 0, clockSkewSeconds: null, problem: null,
  };
  /** Asks for what whoever signs in sees first, so that their screen is drawn once and whole. @type {() => Promise<unknown>} */
  gather = async () => {};
  #lastActivity = 0;
  /** Ends when the view's language is spoken. @type {Promise<void>} */
  #spoken = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;

  /** @param {AppView} view */
  take(view) {
    this.view = view;
    this.#spoken = speak(view.language);
    this.changed();
    clearTimeout(this.#again);
    if (view.problem && PASSING.includes(view.problem.code)) {
      this.#again = setTimeout(() => this.refresh().catch(() => {}), LOOK_AGAIN_MS);
    }
  }

  /** The bar's light is as new as the list of terminals. @param {AppView['terminal']} terminal */
  terminalSeen(terminal) {
    if (this.view.mode === 'setup' || JSON.stringify(terminal) === JSON.stringify(this.view.terminal)) return;
    this.view = { ...this.view, terminal };
    this.changed();
  }

  async refresh() {
    this.take(await call('app_state', {}));
    await this.#spoken;
  }

  /** @param {number} staffId @param {string} pin */
  async unlock(staffId, pin) {
    const view = await call('unlock', { staffId, pin });
    const before = this.view;
    await Promise.race([this.gather(), new Promise((passed) => setTimeout(passed, GATHER_MS))]);
    // The shell's own news of somebody who is signed in are newer than this answer.
    if (this.view === before || this.view.session === null) this.take(view);
  }

  async lock() {
    this.take(await call('lock', {}));
  }

  /** @param {AppView['language']} language */
  async setLanguage(language) {
    this.take(await call('set_language', { language }));
    await this.#spoken;
  }

  get isManager() {
    return this.view.session?.role === 'manager';
  }

  /** Keeps the idle lock away while keys, fingers or the pointer move. */
  active() {
    const now = Date.now();
    if (!this.view.session || now - this.#lastActivity < ACTIVITY_EVERY_MS) return;
    this.#lastActivity = now;
    // A missed sign of life only locks the till sooner, so its failure needs no words.
    call('activity', {}).catch(() => {});
  }
}
