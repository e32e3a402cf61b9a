//! Receipts on paper: what became of each, and what the shop set. Nothing here prints twice by itself.
// @ts-check
import { call } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/**
 * @import { CommandError, PrintNews, PrintSettingsView, PrintView } from '../types/ipc.js'
 * @import { Notices } from './notices.js'
 * @import { Payments } from './payments.js'
 * @typedef {{ busy: boolean, print: PrintView | null, path: string | null, drawer: CommandError | null }} Standing
 */

export class Prints extends Watchable {
  /** Null until the shell was asked. @type {PrintSettingsView | null} */
  settings = null;
  /** @type {Map<string, Standing>} */
  #standings = new Map();
  #notices;
  #payments;

  /** @param {Notices} notices @param {Payments} payments */
  constructor(notices, payments) {
    super();
    this.#notices = notices;
    this.#payments = payments;
  }

  get hasPrinter() {
    return this.settings !== null && this.settings.form.kind !== 'none';
  }

  /** Whether the till asks after a sale. */
  get asks() {
    return this.hasPrinter && this.settings?.form.when === 'ask';
  }

  /** @param {PrintSettingsView} settings */
  take(settings) {
    this.settings = settings;
    this.changed();
  }

  /** @param {string} reference a payment's or a tender's @returns {Standing} */
  of(reference) {
    return this.#standings.get(reference) ?? { busy: false, print: null, path: null, drawer: null };
  }

  /** Asks how it stands with a receipt, and what is set. @param {string} reference */
  async look(reference) {
    const before = this.#standings.get(reference);
    await this.#notices.quietly(async () => {
      const [settings, print] = await Promise.all([call('print_settings', {}), call('last_print', { reference })]);
      this.settings = settings;
      // What was heard meanwhile is newer than this answer.
      if (this.#standings.get(reference) === before) this.#set(reference, { print });
      this.changed();
    });
  }

  /** What was printed, and the drawer that was opened, without being asked for. @param {PrintNews} news @param {string | null} shown the payment that is looked at */
  hear({ reference, print, problem, drawer }, shown) {
    this.#set(reference, print ? { print, busy: false, drawer } : { drawer });
    if (print) this.#payments.changed();
    // Of the two, whoever stands there with change in hand has to know of the drawer, also where no receipt stands yet.
    const missed = drawer ?? problem;
    if (missed && (reference !== shown || !print)) this.#notices.show(missed);
  }

  /** Prints it once. @param {string} reference @returns {Promise<PrintView | null>} null when it was refused */
  async print(reference) {
    if (this.of(reference).busy) return null;
    this.#set(reference, { busy: true });
    /** @type {PrintView | null} */
    let print = null;
    await this.#notices.attempt(async () => {
      print = await call('print_receipt', { reference });
    });
    this.#set(reference, print ? { busy: false, print } : { busy: false });
    this.#payments.changed();
    return print;
  }

  /** Saves it as a page. @param {string} reference @returns {Promise<string | null>} where, or null */
  async save(reference) {
    /** @type {string | null} */
    let path = null;
    await this.#notices.attempt(async () => {
      ({ path } = await call('save_receipt_page', { reference }));
    });
    this.#set(reference, { path });
    return path;
  }

  /** @param {string} reference @param {Partial<Standing>} news */
  #set(reference, news) {
    this.#standings.set(reference, { ...this.of(reference), ...news });
    this.changed();
  }
}
