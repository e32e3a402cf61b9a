//! The ticket on the counter and the amount being typed.
// @ts-check
import { call } from '../lib/ipc.js';
import { fractionDigits, money, preview } from '../lib/money.js';
import { Watchable } from './watchable.js';

/**
 * @import { TicketView } from '../types/ipc.js'
 * @import { Notices } from './notices.js'
 */

/** Longer than any amount that a terminal takes; the shell has the last word. */
const MOST_KEYS = 11;

export class Sale extends Watchable {
  /** @type {TicketView} */
  ticket = {
    number: 0,
    lines: [],
    extras: { note: '', productIndex: '', promoSale: '' },
    subtotal: '0.00',
    discount: null,
    off: '0.00',
    taxes: [],
    included: true,
    total: '0.00',
    payable: '0.00',
    currency: '',
    frozen: false,
  };
  /** Keys typed and not yet added, as typed. */
  entry = '';
  /** @type {number | null} */
  selected = null;
  /** How many tickets wait under a name. */
  parked = 0;
  /** What the shell says is to be paid for the ticket and a typed amount. @type {{ entry: string, ticket: TicketView, total: string } | null} */
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
    this.take(await call('ticket', {}));
  }

  /** @param {TicketView} ticket */
  take(ticket) {
    const added = ticket.lines.findLast((line) => !this.ticket.lines.some((old) => old.id === line.id));
    if (added) this.selected = added.id;
    if (!ticket.lines.some((line) => line.id === this.selected)) this.selected = ticket.lines.at(-1)?.id ?? null;
    const another = ticket.number !== this.ticket.number;
    this.ticket = ticket;
    this.changed();
    if (another) this.countParked();
    this.#addUp();
  }

  /**
   * How many tickets wait. Parking, recalling and going on to the next customer all change the ticket's number; one that was
   * set aside waits, too, once its payment is settled without a charge.
   */
  countParked() {
    return this.#notices.quietly(async () => {
      this.parked = (await call('parked_tickets', {})).length;
      this.changed();
    });
  }

  /** Asks the shell what the ticket and the typed amount come to, with the tax that the amount may bring. */
  async #addUp() {
    const { entry, ticket } = this;
    if (entry === '') return;
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

  /** When everything that was asked for is on the ticket: a key that comes on the heels of another means what that one made. */
  settled() {
    return this.#last;
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

  /** The typed amount as it is now; gives back how to make it so again. @returns {() => void} */
  remember() {
    const { entry } = this;
    return () => {
      if (this.entry === entry) return;
      this.entry = entry;
      this.changed();
      this.#addUp();
    };
  }

  clearEntry() {
    this.entry = '';
    this.changed();
  }

  /** The typed amount as it reads, "12.50". */
  get entryShown() {
    return preview(this.entry, fractionDigits(this.ticket.total));
  }

  /** What the shell said is to be paid; null while it has not said so of what is typed. @returns {string | null} */
  get #known() {
    if (this.entry === '') return this.ticket.payable;
    const isNow = this.#sum?.entry === this.entry && this.#sum.ticket === this.ticket;
    return isNow && this.#sum ? this.#sum.total : null;
  }

  /** What the customer has to pay; nothing for the moment that the shell takes to add a typed amount to the ticket. */
  get due() {
    const { lines, currency } = this.ticket;
    if (this.#known !== null) return money(this.#known, currency);
    return lines.length === 0 ? money(this.entryShown, currency) : null;
  }

  /** What paying now would charge, as the shell adds it up and rounds it. @returns {Promise<string>} */
  async total() {
    return this.#known ?? call('total_with', { entry: this.entry });
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
   * After a charge was refused, or its answer did not get through: looks at the ticket again. What was typed and stands on
   * it after all is not typed any more; both at once would be charged twice.
   */
  async afterRefusal() {
    await this.#notices.quietly(async () => {
      const before = new Set(this.ticket.lines.map((line) => line.id));
      const ticket = await this.inTurn(() => call('ticket', {}));
      if (ticket.lines.some((line) => !before.has(line.id))) this.clearEntry();
      this.take(ticket);
    });
  }

  /** What a scanner's reading this code does: the item goes on the ticket, unless there is none or nothing left of it. @param {string} code */
  async scan(code) {
    const scan = await this.inTurn(() => call('scan', { code }));
    this.take(scan.ticket);
    return scan;
  }

  /** One piece of an item; what is weighed is asked for by its dialog. @param {number} itemId */
  addItem(itemId) {
    return this.#change(() => call('add_item', { itemId, quantity: null }));
  }

  /** One more of a line or one less; the last one takes it off. @param {number} lineId @param {boolean} up */
  stepQuantity(lineId, up) {
    return this.#change(() => call('step_quantity', { lineId, up }));
  }

  /** The last sale's lines once more, on an empty ticket. @returns {Promise<string[] | null>} what was left out, by name; null where the shell refused */
  async lastSaleAgain() {
    /** @type {string[]} */
    let left = [];
    const done = await this.#change(async () => {
      const again = await call('last_sale_again', {});
      left = again.leftOut;
      return again.ticket;
    });
    return done ? left : null;
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
