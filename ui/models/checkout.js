//! The payment that Pay shows. The shell runs it; this only follows it and asks.
// @ts-check
import { asCommandError, call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { Watchable } from './watchable.js';

/**
 * @import { Method, PaymentView } from '../types/ipc.js'
 * @import { Notices } from './notices.js'
 * @import { Payments } from './payments.js'
 * @import { Sale } from './sale.js'
 * @typedef {{ method: Method, due: string | null, cash: string | null }} Opening
 */

export class Checkout extends Watchable {
  /** The payment on the stage. @type {PaymentView | null} */
  current = null;
  /** Set from the key until the shell has committed the payment, so that the stage stands at once. @type {Opening | null} */
  opening = null;
  /** Told when the shell wants to be sure that this is another customer. @type {(method: Method, channel: string | null, refusal: unknown, cash: string | null) => void} */
  onSameAmount = () => {};
  #notices;
  #payments;
  #sale;

  /** @param {Notices} notices @param {Payments} payments @param {Sale} sale */
  constructor(notices, payments, sale) {
    super();
    this.#notices = notices;
    this.#payments = payments;
    this.#sale = sale;
    payments.watch(() => this.#follow(), new AbortController().signal);
  }

  get isOpen() {
    return this.current !== null || this.opening !== null;
  }

  #follow() {
    const newest = this.current && this.#payments.newest(this.current.reference);
    if (!newest || newest === this.current) return;
    this.current = newest;
    this.changed();
  }

  /** @param {PaymentView | null} view */
  #show(view) {
    this.current = view && this.#payments.take(view);
    this.opening = null;
    this.changed();
  }

  /** What the stage showed before a reload or a lock. */
  async restore() {
    const view = await call('open_payment', {});
    if (!this.opening) this.#show(view);
  }

  pay = single(async (/** @type {Method} */ method, /** @type {string | null} */ channel, sure = false, /** @type {string | null} */ cash = null) => {
    const { entry, due, ticket } = this.#sale;
    this.#notices.clear();
    this.opening = { method, due, cash: cash && money(cash, ticket.currency) };
    this.changed();
    try {
      const view = await this.#sale.inTurn(() =>
        cash === null ? call('pay', { method, channel, entry, sure }) : call('pay_with_cash', { cash, entry, sure }));
      this.#sale.clearEntry();
      this.#show(view);
    } catch (thrown) {
      await this.#sale.afterRefusal();
      this.leave();
      if (asCommandError(thrown).code === 'same_amount_open') this.onSameAmount(method, channel, thrown, cash);
      else this.#notices.show(thrown);
    }
  });

  chargeAgain = single(async (/** @type {Method | null} */ method, /** @type {string | null} */ channel) => {
    const before = this.current;
    if (!before) return;
    await this.#notices.attempt(async () => {
      this.#show(await call('charge_again', { reference: before.reference, method, channel }));
    });
  });

  newSale = single(async () => {
    await this.#notices.attempt(async () => {
      const ticket = await this.#sale.inTurn(() => call('new_sale', {}));
      this.#sale.take(ticket);
      this.leave();
    });
  });

  setAside = single(async () => {
    await this.#notices.attempt(async () => {
      const ticket = await this.#sale.inTurn(() => call('set_aside', {}));
      this.#sale.take(ticket);
      this.leave();
    });
  });

  /** Back to the ticket after a payment that took no money. */
  backToTicket = single(async () => {
    await this.#notices.attempt(async () => {
      this.#sale.take(await call('ticket', {}));
      this.leave();
    });
  });

  /** @param {string} reference */
  async check(reference) {
    return this.#payments.take(await call('check_status', { reference }));
  }

  leave() {
    this.current = null;
    this.opening = null;
    this.changed();
  }
}
