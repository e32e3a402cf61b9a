//! What the counter is set to: its keys and its sounds.
// @ts-check
import { call } from '../lib/ipc.js';
import { chosenOf } from '../lib/keymap.js';
import { Watchable } from './watchable.js';

/**
 * @import { Keys } from '../lib/keymap.js'
 * @import { Sounds } from '../lib/sounds.js'
 * @import { CounterView } from '../types/ipc.js'
 * @import { Keymap } from './keymap.js'
 * @import { Session } from './session.js'
 */

export class CounterSettings extends Watchable {
  /** @type {CounterView} */
  view = { keys: {}, volume: 70, muted: false };
  #keymap;
  #sounds;

  /** @param {Keymap} keymap @param {Sounds} sounds */
  constructor(keymap, sounds) {
    super();
    this.#keymap = keymap;
    this.#sounds = sounds;
  }

  /** Asks anew whenever somebody signs in: another till may have been opened. @param {Session} session @param {(thrown: unknown) => void} failed */
  follow(session, failed) {
    let who = '';
    session.watch(() => {
      const { mode, session: member } = session.view;
      const now = member ? `${mode} ${member.id}` : '';
      if (now === who) return;
      who = now;
      if (now !== '') this.load().catch(failed);
    }, new AbortController().signal);
  }

  async load() {
    this.#take(await call('counter_settings', {}));
  }

  /** @param {Keys} keys */
  async saveKeys(keys) {
    await this.#save({ ...this.view, keys: chosenOf(keys, this.#keymap.system) });
  }

  /** @param {number} volume in percent @param {boolean} muted */
  async saveSounds(volume, muted) {
    await this.#save({ ...this.view, volume, muted });
  }

  /** @param {CounterView} form */
  async #save(form) {
    this.#take(await call('save_counter_settings', { form }));
  }

  /** @param {CounterView} view */
  #take(view) {
    this.view = view;
    this.#keymap.take(view.keys);
    this.#sounds.volume = view.volume;
    this.#sounds.muted = view.muted;
    this.changed();
  }
}
