//! The newest known view of each payment. An event may overtake the answer of the call that started the payment,
//! so views are compared before one replaces another.
// @ts-check
import { Watchable } from './watchable.js';

/** @import { PaymentView } from '../types/ipc.js' */

/** More than a shift keeps open at once, little enough to forget nothing of use. */
const KEPT = 60;

export class Payments extends Watchable {
  /** @type {Map<string, PaymentView>} */
  #known = new Map();

  /**
   * Takes a view in and gives back the newest one of that payment. A payment's time line only grows, so the
   * longer one is the newer.
   * @param {PaymentView} view
   * @returns {PaymentView}
   */
  take(view) {
    const known = this.#known.get(view.reference);
    if (known && known.timeline.length > view.timeline.length) return known;
    this.#known.delete(view.reference);
    this.#known.set(view.reference, view);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > KEPT && oldest) this.#known.delete(oldest);
    this.changed();
    return view;
  }

  /** @param {string} reference */
  newest(reference) {
    return this.#known.get(reference) ?? null;
  }
}
