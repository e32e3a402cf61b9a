//! What becomes of a scan: on the ticket, one after the other, or words about why not. Nothing that was scanned is lost
//! without somebody being told.
// @ts-check
import { call } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/**
 * @import { Checkout } from './checkout.js'
 * @import { Notices } from './notices.js'
 * @import { Sale } from './sale.js'
 * @import { Session } from './session.js'
 * @import { SoundName } from '../lib/sounds.js'
 * @import { ItemView, PaymentView } from '../types/ipc.js'
 * @typedef {object} ScanNote what is said of the last scan
 * @property {'added' | 'missing' | 'soldOut' | 'payment' | 'paid'} kind `payment`: one is open, so the ticket takes nothing.
 *   `paid`: a payment that is shown now
 * @property {string} code
 * @property {string} name of the item; empty where there is none
 */

/** More of a code is not shown. */
const SHOWN = 48;

/** What a scan is called on the screen: without the scanner's note of the kind of code and what cannot be seen. @param {string} text */
export const shownCode = (text) => [...text.replace(/^\][A-Za-z]\d/, '').replace(/\p{Cc}/gu, '').trim()].slice(0, SHOWN).join('');

/** What the till's own receipts carry: a payment's reference in Crockford's base 32. @param {string} code */
export const isReference = (code) => /^[0-9A-HJKMNP-TV-Z]{20}$/.test(code);

/** Charged, with nothing left to do but the next sale. @param {PaymentView} view */
const isOver = ({ saved, conflict, actions }) => saved && !conflict && actions.includes('new_sale') && !actions.includes('charge_again');

export class Scans extends Watchable {
  /** @type {ScanNote | null} */
  note = null;
  /** Whether the ticket is seen now, so that nothing needs to be said of what is on it. */
  seesTicket = () => true;
  /** Shows a payment. @type {(reference: string) => void} */
  showPayment = () => {};
  /** Asks how much of an item there is that is weighed or measured. @type {(item: ItemView) => unknown} */
  measure = () => {};
  #sale;
  #checkout;
  #session;
  #notices;
  #play;
  #added;
  /** @type {Promise<void>} */
  #last = Promise.resolve();

  /** @param {{ sale: Sale, checkout: Checkout, session: Session, notices: Notices, play: (name: SoundName) => void, added?: (name: string) => void }} parts
   * `added` is told of an item that came on the ticket in sight, for those who hear the page */
  constructor({ sale, checkout, session, notices, play, added = () => {} }) {
    super();
    this.#sale = sale;
    this.#checkout = checkout;
    this.#session = session;
    this.#notices = notices;
    this.#play = play;
    this.#added = added;
  }

  /** A scan, as the scanner typed it; those that come meanwhile wait for their turn. @param {string} text */
  hear(text) {
    const turn = this.#last.then(() => this.#take(text));
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** @param {string} text */
  async #take(text) {
    if (!this.#session.view.session) return;
    const code = shownCode(text);
    if (code === '') return;
    if (isReference(code) && (await this.#isPayment(code))) {
      this.#say({ kind: 'paid', code, name: '' }, 'scanned');
      this.showPayment(code);
      return;
    }
    if (!(await this.#hasTicket())) {
      this.#say({ kind: 'payment', code, name: '' }, 'notScanned');
      return;
    }
    await this.#put(text, code);
  }

  clear() {
    if (this.note === null) return;
    this.note = null;
    this.changed();
  }

  /** Whether there is a ticket that can take an item: after an approval, the next customer's. */
  async #hasTicket() {
    const { current, opening, taken } = this.#checkout;
    if (opening) return false;
    if (!current && !taken) return !this.#sale.ticket.frozen;
    // Of a split that is not paid yet the rest is still due.
    if (taken && taken.standing.progress !== 'paid') return false;
    if (current && !isOver(current)) return false;
    await this.#checkout.newSale();
    return !this.#checkout.isOpen;
  }

  /** @param {string} text @param {string} code */
  async #put(text, code) {
    try {
      const found = await this.#sale.scan(text);
      if (found.outcome === 'measured' && found.item) {
        this.#say(null, 'scanned');
        await this.measure(found.item);
      } else if (found.outcome === 'added') {
        const seen = this.seesTicket();
        this.#say(seen ? null : { kind: 'added', code, name: found.name }, 'scanned');
        if (seen) this.#added(found.name);
      } else this.#say({ kind: found.outcome === 'sold_out' ? 'soldOut' : 'missing', code, name: found.name }, 'notScanned');
    } catch (thrown) {
      this.#play('notScanned');
      this.#notices.show(thrown);
    }
  }

  /** @param {string} code */
  async #isPayment(code) {
    try {
      await call('payment', { reference: code });
      return true;
    } catch {
      // An item may be called like that as well.
      return false;
    }
  }

  /** @param {ScanNote | null} note @param {SoundName} sound */
  #say(note, sound) {
    this.#play(sound);
    this.note = note;
    this.changed();
  }
}
