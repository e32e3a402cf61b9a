//! The wallets that customers may pay with, as last known.
// @ts-check
import { call } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/** @import { WalletsView } from '../types/ipc.js' */

export class Wallets extends Watchable {
  /** @type {WalletsView} */
  view = { wallets: [], listedAt: null };

  /** @param {WalletsView} view */
  take(view) {
    this.view = view;
    this.changed();
  }

  /** What is known, without asking anybody outside. */
  async load() {
    this.take(await call('wallets', {}));
  }

  /** Asks for the list where that is due; the shell knows when. */
  async refresh() {
    this.take(await call('refresh_wallets', {}));
  }
}
