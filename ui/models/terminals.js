//! The merchant's terminals as last known.
// @ts-check
import { call } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/** @import { ScriptView, TerminalsView } from '../types/ipc.js' */

export class Terminals extends Watchable {
  /** @type {TerminalsView} */
  view = { terminals: [], checkedAt: null, problem: null };
  /** What a trainee's customer can do; empty when live. @type {ScriptView[]} */
  scripts = [];
  loaded = false;
  /** Those that came while somebody watched, the newest last. @type {string[]} */
  fresh = [];
  /** Those that were there before anything was asked. @type {Set<string>} */
  #known = new Set();

  /** @param {TerminalsView} view */
  take(view) {
    const came = view.terminals.filter(({ id }) => this.loaded && !this.#known.has(id));
    this.fresh = [...this.fresh, ...came.map(({ id }) => id)];
    this.#known = new Set([...this.#known, ...view.terminals.map(({ id }) => id)]);
    this.view = view;
    this.loaded = true;
    this.changed();
  }

  /** The one that this till uses. */
  get chosen() {
    return this.view.terminals.find((terminal) => terminal.chosen) ?? null;
  }

  /** Another till's terminals come from here on, as between training and live. */
  forget() {
    this.view = { terminals: [], checkedAt: null, problem: null };
    this.loaded = false;
    this.fresh = [];
    this.#known = new Set();
    this.changed();
  }

  /** Nobody needs to be told any more which ones are new. */
  greet() {
    this.fresh = [];
    this.changed();
  }

  /** @param {boolean} training */
  async load(training) {
    this.scripts = training ? await call('scripts', {}) : [];
    this.take(await call('terminals', {}));
  }

  async refresh() {
    this.take(await call('refresh_terminals', {}));
  }

  /** @param {string} id @param {string} name */
  async rename(id, name) {
    this.take(await call('name_terminal', { id, name }));
  }

  /** @param {string} id */
  async choose(id) {
    this.take(await call('choose_terminal', { id }));
  }

  /** @param {string} id @param {boolean} shared whether another till may use it too */
  async share(id, shared) {
    this.take(await call('share_terminal', { id, shared }));
  }

  /** @param {string} terminalId @param {string} name */
  async setScript(terminalId, name) {
    this.take(await call('set_script', { terminalId, name }));
  }
}
