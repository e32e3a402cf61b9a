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
   * Takes in what an event told. Events come in order, so one is older than what is known only if a call's answer,
   * with a longer time line, overtook it; with the same length it may still say something new, such as that it is saved.
   * @param {PaymentView} view
   */
  hear(view) {
    const known = this.#known.get(view.reference);
    if (!known || known.timeline.length <= view.timeline.length) this.#keep(view);
  }

  /**
   * Takes a call's answer in and gives back the newest view of that payment. A time line only grows, so the longer one
   * is the newer; with the same length an event may have overtaken the answer, and what is known stays.
   * @param {PaymentView} view
   * @returns {PaymentView}
   */
  take(view) {
    const known = this.#known.get(view.reference);
    if (known && known.timeline.length >= view.timeline.length) return known;
    this.#keep(view);
    return view;
  }

  /** The newer of a view that was listed and what is known, without keeping it: lists tell nothing new. @param {PaymentView} view */
  newer(view) {
    const known = this.#known.get(view.reference);
    return known && known.timeline.length > view.timeline.length ? known : view;
  }

  /** @param {PaymentView} view */
  #keep(view) {
    this.#known.delete(view.reference);
    this.#known.set(view.reference, view);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > KEPT && oldest) this.#known.delete(oldest);
    this.changed();
  }

  /** @param {string} reference */
  newest(reference) {
    return this.#known.get(reference) ?? null;
  }
}
