//! The ticket on the counter and the amount being typed.
// @ts-check
import { call } from '../lib/ipc.js';
import { fractionDigits, money, preview } from '../lib/money.js';
import { Watchable } from './watchable.js';

/**
 * @import { ItemView, TicketView } from '../types/ipc.js'
 * @import { Notices } from './notices.js'
 */

/** Longer than any amount that a terminal takes; the shell has the last word. */
const MOST_KEYS = 11;

export class Sale extends Watchable {
  /** @type {TicketView} */
  ticket = { number: 0, lines: [], extras: { note: '', productIndex: '', promoSale: '' }, total: '0.00', currency: '', frozen: false };
  /** @type {ItemView[]} */
  items = [];
  /** Keys typed and not yet added, as typed. */
  entry = '';
  /** @type {number | null} */
  selected = null;
  loaded = false;
  /** What the shell says that the ticket and a typed amount come to. @type {{ entry: string, ticket: TicketView, total: string } | null} */
  #sum = null;
  #notices;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {Notices} notices */
  constructor(notices) {
    super();
    this.#notices = notices;
  }

  async load() {
    const [ticket, items] = await Promise.all([call('ticket', {}), call('items', {})]);
    this.items = items;
    this.loaded = true;
    this.take(ticket);
  }

  /** @param {TicketView} ticket */
  take(ticket) {
    const added = ticket.lines.findLast((line) => !this.ticket.lines.some((old) => old.id === line.id));
    if (added) this.selected = added.id;
    if (!ticket.lines.some((line) => line.id === this.selected)) this.selected = ticket.lines.at(-1)?.id ?? null;
    this.ticket = ticket;
    this.changed();
    this.#addUp();
  }

  /** Asks the shell what the ticket and the typed amount come to, where there are both. */
  async #addUp() {
    const { entry, ticket } = this;
    if (entry === '' || ticket.lines.length === 0) return;
    try {
      const total = await call('total_with', { entry });
      this.#sum = { entry, ticket, total };
      if (this.entry === entry && this.ticket === ticket) this.changed();
    } catch {
      // Half an amount, or too much: paying or adding says what is wrong.
    }
  }

  /**
   * Runs what changes the ticket one after the other, in the order of the keys, whatever the shell takes for each.
   * @template T
   * @param {() => Promise<T>} action
   * @returns {Promise<T>}
   */
  inTurn(action) {
    const turn = this.#last.then(action, action);
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** @param {() => Promise<TicketView>} action */
  #change(action) {
    return this.#notices.attempt(async () => this.take(await this.inTurn(action)));
  }

  /** One key of an amount: a digit, "00" or a point. @param {string} key */
  press(key) {
    if (key === '.' && this.entry.includes('.')) return;
    if (this.entry.length + key.length > MOST_KEYS) return;
    if (this.entry === '' && /^0+$/.test(key)) return;
    this.entry += key;
    this.changed();
    this.#addUp();
  }

  erase() {
    this.entry = this.entry.slice(0, -1);
    this.changed();
    this.#addUp();
  }

  clearEntry() {
    this.entry = '';
    this.changed();
  }

  /** The typed amount as it reads, "12.50". */
  get entryShown() {
    return preview(this.entry, fractionDigits(this.ticket.total));
  }

  /** What the customer has to pay; nothing for the moment that the shell takes to add a typed amount to the ticket. */
  get due() {
    const { lines, total, currency } = this.ticket;
    if (lines.length === 0) return money(this.entryShown, currency);
    if (this.entry === '') return money(total, currency);
    const isNow = this.#sum?.entry === this.entry && this.#sum.ticket === this.ticket;
    return isNow && this.#sum ? money(this.#sum.total, currency) : null;
  }

  /** What paying now would charge, as the shell adds it up. @returns {Promise<string>} */
  async total() {
    return this.entry === '' ? this.ticket.total : call('total_with', { entry: this.entry });
  }

  get isEmpty() {
    return this.entry === '' && this.ticket.lines.length === 0;
  }

  /** Adds the typed amount as a line. The keys come back if the shell refuses and nothing else was typed. */
  async addEntry() {
    const entry = this.entry;
    if (entry === '') return;
    this.clearEntry();
    const done = await this.#change(() => call('add_amount', { entry }));
    if (!done && this.entry === '') {
      this.entry = entry;
      this.changed();
    }
  }

  /**
   * After a charge was refused: the shell may have put the typed amount on the ticket before it said no. Typed and added
   * at once it would be charged twice.
   */
  async afterRefusal() {
    await this.#notices.attempt(async () => {
      const before = new Set(this.ticket.lines.map((line) => line.id));
      const ticket = await this.inTurn(() => call('ticket', {}));
      if (ticket.lines.some((line) => !before.has(line.id))) this.clearEntry();
      this.take(ticket);
    });
  }

  /** @param {number} itemId */
  addItem(itemId) {
    return this.#change(() => call('add_item', { itemId }));
  }

  /** @param {number} lineId @param {number} quantity */
  setQuantity(lineId, quantity) {
    return quantity < 1 ? this.remove(lineId) : this.#change(() => call('set_quantity', { lineId, quantity }));
  }

  /** @param {number} lineId */
  remove(lineId) {
    return this.#change(() => call('remove_line', { lineId }));
  }

  clear() {
    this.clearEntry();
    return this.#change(() => call('clear_ticket', {}));
  }

  /** @param {number} lineId */
  select(lineId) {
    this.selected = lineId;
    this.changed();
  }
}
