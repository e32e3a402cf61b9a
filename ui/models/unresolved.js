//! Payments that somebody should look at: not settled yet, or contradicted by a later answer.
// @ts-check
import { call } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/**
 * @import { PaymentView } from '../types/ipc.js'
 * @import { Notices } from './notices.js'
 * @import { Payments } from './payments.js'
 * @import { Session } from './session.js'
 */

/** How many of those that were settled are still named. */
const REMEMBERED = 3;

export class Unresolved extends Watchable {
  /** Oldest first. @type {PaymentView[]} */
  list = [];
  /** What was on the list and is settled now, newest first. @type {PaymentView[]} */
  settled = [];
  loaded = false;
  #notices;
  #payments;
  #session;
  /** @type {Promise<void> | null} */
  #running = null;
  #again = false;

  /** @param {Notices} notices @param {Payments} payments @param {Session} session */
  constructor(notices, payments, session) {
    super();
    this.#notices = notices;
    this.#payments = payments;
    this.#session = session;
    const always = new AbortController().signal;
    session.watch(() => this.#follow(), always);
    payments.watch(() => this.#follow(), always);
  }

  #follow() {
    if (this.#session.view.session) {
      this.refresh().catch((thrown) => this.#notices.show(thrown));
      return;
    }
    if (!this.loaded) return;
    this.list = [];
    this.settled = [];
    this.loaded = false;
    this.changed();
  }

  /** Asks the shell; what is asked for meanwhile becomes one more question. */
  refresh() {
    this.#again = true;
    this.#running ??= this.#ask().finally(() => (this.#running = null));
    return this.#running;
  }

  async #ask() {
    while (this.#again) {
      this.#again = false;
      const who = this.#session.view.session?.id;
      const list = await call('unresolved', {});
      const left = this.list.filter((old) => !list.some((now) => now.reference === old.reference));
      const settled = await Promise.all(left.map((old) => call('payment', { reference: old.reference })));
      // Somebody else's question, or nobody's: the next one tells.
      if (this.#session.view.session?.id !== who) continue;
      this.list = list.map((view) => this.#payments.newer(view));
      this.settled = [...settled, ...this.settled.filter((old) => !list.some((now) => now.reference === old.reference))].slice(0, REMEMBERED);
      this.loaded = true;
      this.changed();
    }
  }
}
