//! The verdict of the payment at the counter that came while another screen stood: kept until Pay shows it, somebody closes it,
//! or the counter has gone on to something else.
// @ts-check
import { Watchable } from './watchable.js';

/**
 * @import { Checkout } from './checkout.js'
 * @import { PaymentView } from '../types/ipc.js'
 */

export class VerdictNews extends Watchable {
  /** As it is now; null for nothing to say. @type {PaymentView | null} */
  view = null;
  /** Whether Pay stands, which says it by itself. */
  isSeen = () => true;
  #checkout;

  /** @param {Checkout} checkout */
  constructor(checkout) {
    super();
    this.#checkout = checkout;
    checkout.watch(() => this.#follow(), new AbortController().signal);
  }

  /** A payment has just come to another verdict. One that was set aside is on its own screens. @param {string} reference */
  hear(reference) {
    const { current } = this.#checkout;
    if (this.isSeen() || current?.reference !== reference) return;
    this.view = current;
    this.changed();
  }

  clear() {
    if (this.view === null) return;
    this.view = null;
    this.changed();
  }

  #follow() {
    const { current } = this.#checkout;
    if (this.view === null || current === this.view) return;
    this.view = current?.reference === this.view.reference ? current : null;
    this.changed();
  }
}
