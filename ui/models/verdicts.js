//! Gives each payment's verdict its sound, once, where the till saw it come: what a reload or a sign-in shows again, and
//! what is told of more than once, stays silent.
// @ts-check

/**
 * @import { SoundName } from '../lib/sounds.js'
 * @import { PaymentState, PaymentView } from '../types/ipc.js'
 */

/** The terminal at work is silent. @type {Record<PaymentState, SoundName | null>} */
const VERDICTS = {
  prepared: null, sent: null,
  approved: 'approved', charged_by_hand: 'approved',
  declined: 'declined', not_charged: 'declined', not_charged_by_hand: 'declined',
  pending: 'attention', unknown: 'attention', void_in_doubt: 'attention',
  // Its void has a sound of its own.
  voided: null,
};

/** More than can be open at once. */
const REMEMBERED = 200;

/** @param {Pick<PaymentView, 'state' | 'saved' | 'conflict'>} view @returns {SoundName | null} */
export const verdictOf = (view) => (view.saved && !view.conflict ? VERDICTS[view.state] : 'attention');

export class Verdicts {
  #play;
  /** What each payment sounded like last, or would have. @type {Map<string, SoundName | null>} */
  #last = new Map();

  /** @param {(name: SoundName, reference: string) => void} play told whose verdict it is as well */
  constructor(play) {
    this.#play = play;
  }

  /**
   * @param {Pick<PaymentView, 'reference' | 'state' | 'saved' | 'conflict'>} view
   * @param {boolean} [begun] it was begun here a moment ago, so that even its first word is news
   */
  hear(view, begun = false) {
    const now = verdictOf(view);
    const before = begun && !this.#last.has(view.reference) ? null : this.#last.get(view.reference);
    this.#keep(view.reference, now);
    if (before !== undefined && now !== null && now !== before) this.#play(now, view.reference);
  }

  /** @param {string} reference @param {SoundName | null} verdict */
  #keep(reference, verdict) {
    this.#last.delete(reference);
    this.#last.set(reference, verdict);
    const [oldest] = this.#last.keys();
    if (this.#last.size > REMEMBERED && oldest !== undefined) this.#last.delete(oldest);
  }
}
