//! What the customer's display shows when: a verdict stays long enough to be read, thanks follow it, and the next
//! customer's ticket waits for neither.
// @ts-check

/**
 * @import { CustomerStage, CustomerView } from '../types/ipc.js'
 * @typedef {CustomerStage | 'thanks'} Scene
 * @typedef {object} Shown
 * @property {Scene} scene
 * @property {CustomerView} view what the scene is about
 * @property {number | null} until when something else is to be shown although nothing new was told; null for never
 */

/** How long each verdict is shown, in milliseconds. @type {Partial<Record<Scene, number>>} */
const STAYS = { approved: 6_000, paid: 6_000, returned: 6_000, thanks: 5_000, declined: 9_000, not_charged: 9_000 };
/** How long a customer is shown their change, unless the next one is served. */
const CHANGE_STAYS = 20_000;
/** What comes after it. @type {Partial<Record<Scene, Scene>>} */
const NEXT = { approved: 'thanks', paid: 'thanks', returned: 'idle', thanks: 'idle', declined: 'ticket', not_charged: 'ticket' };
/** Verdicts that stay for their time although the counter is done with the sale. */
const ENDS = new Set(['approved', 'paid', 'returned']);

export class CustomerShow {
  /** @type {CustomerView | null} */
  #told = null;
  /** When its stage began. */
  #since = 0;
  /** The verdict before it, while that may still be shown. @type {{ view: CustomerView, since: number } | null} */
  #before = null;

  /** @param {CustomerView} view @param {number} now */
  take(view, now) {
    const told = this.#told;
    this.#told = view;
    if (told?.stage === view.stage && sameGoods(told, view)) return;
    this.#before = view.stage === 'idle' && told && ENDS.has(told.stage) ? { view: told, since: this.#since } : null;
    this.#since = now;
  }

  /** @param {number} now @returns {Shown | null} */
  at(now) {
    if (!this.#told) return null;
    if (this.#before) {
      const end = run(this.#before.view, this.#before.since, now);
      // Looks and language are always the newest.
      const { theme, language, storeName } = this.#told;
      if (end.scene !== 'idle') return { ...end, view: { ...end.view, theme, language, storeName } };
    }
    return run(this.#told, this.#since, now);
  }
}

/** Through the scenes that follow a stage by themselves. @param {CustomerView} view @param {number} since @param {number} now @returns {Shown} */
function run(view, since, now) {
  /** @type {Scene} */
  let scene = view.stage;
  let begun = since;
  for (;;) {
    // Change is counted for as long as that takes.
    const stays = scene === 'paid' && view.change !== null ? CHANGE_STAYS : STAYS[scene];
    /** @type {Scene | undefined} */
    const next = scene === 'approved' && view.due !== null ? 'ticket' : NEXT[scene];
    if (stays === undefined || next === undefined) return { scene, view, until: null };
    if (now < begun + stays) return { scene, view, until: begun + stays };
    begun += stays;
    scene = next;
  }
}

/** A ticket that changes after a verdict is news, and so is another payment, or other change. @param {CustomerView} one @param {CustomerView} other */
const sameGoods = (one, other) => one.amount === other.amount && one.change === other.change && JSON.stringify(one.lines) === JSON.stringify(other.lines);
