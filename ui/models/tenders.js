//! Where the ticket at the counter stands: what was taken of it and what is still due, as the shell adds it up.
// @ts-check
import { call } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/**
 * @import { StandingView } from '../types/ipc.js'
 * @import { Notices } from './notices.js'
 * @import { Payments } from './payments.js'
 * @import { Sale } from './sale.js'
 */

export class Tenders extends Watchable {
  /** None while nothing of the ticket was begun. @type {StandingView | null} */
  standing = null;
  #notices;
  #sale;
  #asked = 0;
  #ticket = '';

  /** @param {Notices} notices @param {Payments} payments @param {Sale} sale */
  constructor(notices, payments, sale) {
    super();
    this.#notices = notices;
    this.#sale = sale;
    const always = new AbortController().signal;
    sale.watch(() => this.#follow(), always);
    payments.watch(() => this.#sale.ticket.frozen && this.refresh(), always);
  }

  /** Another ticket, or one that something was taken of. */
  #follow() {
    const { number, frozen } = this.#sale.ticket;
    const now = `${number} ${frozen}`;
    if (now === this.#ticket) return;
    this.#ticket = now;
    if (frozen) this.refresh();
    else this.take(null);
  }

  refresh() {
    const turn = (this.#asked += 1);
    return this.#notices.quietly(async () => {
      const standing = await call('standing', {});
      if (turn === this.#asked) this.#show(standing);
    });
  }

  /** What a command has just said of it. @param {StandingView | null} standing */
  take(standing) {
    this.#asked += 1;
    this.#show(standing);
  }

  /** @param {StandingView | null} standing */
  #show(standing) {
    this.standing = standing && standing.ticket === this.#sale.ticket.number ? standing : null;
    this.changed();
  }

  /** What is still due of a ticket that something was begun for; null for one that is still open to changes. */
  get due() {
    return this.#sale.ticket.frozen ? (this.standing?.due ?? null) : null;
  }

  /** Whether something was taken and something is still due. */
  get isPartlyPaid() {
    return this.standing?.progress === 'partly';
  }
}
