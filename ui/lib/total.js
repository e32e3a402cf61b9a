//! When a ticket's total is said to those who hear the page: after a change of the ticket, not with every key of an amount that
//! is being typed, and not of a ticket that has only just begun.
// @ts-check

/** @import { TicketView } from '../types/ipc.js' */

export class TotalTeller {
  /** @type {Pick<TicketView, 'number' | 'payable'> | null} */
  #before = null;

  /**
   * The ticket as it is now. Gives what has to be paid where that is news, else null.
   * @param {Pick<TicketView, 'number' | 'payable' | 'frozen' | 'lines'>} ticket
   * @returns {string | null}
   */
  take({ number, payable, frozen, lines }) {
    const before = this.#before;
    this.#before = { number, payable };
    if (before === null || frozen) return null;
    // The next customer's begins at nothing; one that was recalled brings its lines.
    if (number !== before.number) return lines.length === 0 ? null : payable;
    return payable === before.payable ? null : payable;
  }
}
