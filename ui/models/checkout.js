//! The payment that Pay shows. The shell runs it; this only follows it and asks.
// @ts-check
import { asCommandError, call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { joined, single } from '../lib/single.js';
import { Watchable } from './watchable.js';

/**
 * @import { Method, PaymentView, TakenView } from '../types/ipc.js'
 * @import { Notices } from './notices.js'
 * @import { Payments } from './payments.js'
 * @import { Sale } from './sale.js'
 * @import { Tenders } from './tenders.js'
 * @typedef {{ method: Method, due: string | null, cash: string | null }} Opening
 * @typedef {{ method: Method, channel: string | null, cash: string | null, part: string | null }} Asked a charge, as it was asked for
 */

export class Checkout extends Watchable {
  /** The payment on the stage. @type {PaymentView | null} */
  current = null;
  /** Set from the key until the shell has committed the payment, so that the stage stands at once. @type {Opening | null} */
  opening = null;
  /** What was just taken without the gateway, on the stage. @type {TakenView | null} */
  taken = null;
  /** Told when the shell wants to be sure that this is another customer. @type {(asked: Asked, refusal: unknown) => void} */
  onSameAmount = () => {};
  #notices;
  #payments;
  #sale;
  #tenders;

  /** @param {Notices} notices @param {Payments} payments @param {Sale} sale @param {Tenders} tenders */
  constructor(notices, payments, sale, tenders) {
    super();
    this.#notices = notices;
    this.#payments = payments;
    this.#sale = sale;
    this.#tenders = tenders;
    payments.watch(() => this.#follow(), new AbortController().signal);
  }

  get isOpen() {
    return this.current !== null || this.opening !== null || this.taken !== null;
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
    this.taken = null;
    this.changed();
  }

  /** What the stage showed before a reload or a lock. */
  async restore() {
    const view = await call('open_payment', {});
    if (this.opening) return;
    this.#show(view);
    if (!view) await this.#restoreTaken();
  }

  /** A ticket that was paid in full by what no gateway knows of. */
  async #restoreTaken() {
    const standing = await call('standing', {});
    const last = standing.legs.at(-1);
    if (standing.progress === 'paid' && last && 'tender' in last) this.showTaken({ tender: last.tender, standing });
  }

  /** Cash, or a card taken by hand. @param {TakenView} taken */
  showTaken(taken) {
    this.#sale.clearEntry();
    this.#tenders.take(taken.standing);
    this.current = null;
    this.opening = null;
    this.taken = taken;
    this.changed();
  }

  pay = single(async (/** @type {Method} */ method, /** @type {string | null} */ channel, sure = false, /** @type {string | null} */ cash = null, /** @type {string | null} */ part = null) => {
    const { entry, ticket } = this.#sale;
    const rest = part ?? this.#tenders.due;
    const due = rest === null ? this.#sale.due : money(rest, ticket.currency);
    this.#notices.clear();
    this.opening = { method, due, cash: cash && money(cash, ticket.currency) };
    this.changed();
    const charge = async () => {
      // What is due by now, after everything that was asked for before: where the shell has it otherwise, nothing is charged.
      const form = { entry, part, due: this.#tenders.due ?? (await this.#sale.total()) };
      return cash === null ? call('pay', { method, channel, form, sure }) : call('pay_with_cash', { cash, form, sure });
    };
    try {
      const view = await this.#sale.inTurn(charge);
      this.#sale.clearEntry();
      this.#show(view);
    } catch (thrown) {
      await this.#sale.afterRefusal();
      this.leave();
      if (asCommandError(thrown).code === 'same_amount_open') this.onSameAmount({ method, channel, cash, part }, thrown);
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

  /** Whoever asks while it runs goes on with the same next sale: a key and a scan right after an approval, as they come. */
  newSale = joined(async () => {
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
    this.taken = null;
    this.changed();
  }
}
