//! What the customer's display shows when: a verdict stays long enough to be read, and is shown once; thanks follow it, and the
//! next customer's ticket waits for neither.
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
/** What comes after it where nothing is due any more. @type {Partial<Record<Scene, Scene>>} */
const NEXT = { approved: 'thanks', paid: 'thanks', returned: 'idle', thanks: 'idle', declined: 'ticket', not_charged: 'ticket' };
/** Verdicts that stay for their time although the counter is done with the sale. */
const ENDS = new Set(['approved', 'paid', 'returned']);
/** What a verdict is awaited on: it has its time from when it is told, however long it took to be known. */
const AWAITS = new Set(['tap', 'show_qr', 'scan_qr', 'checking']);
/** So many verdicts are remembered as shown. */
const REMEMBERED = 32;

/** @typedef {{ view: CustomerView, since: number }} Running */

export class CustomerShow {
  /** @type {CustomerView | null} */
  #told = null;
  /** When its verdict came about. */
  #since = 0;
  /** The verdict before it, while that may still be shown. @type {Running | null} */
  #before = null;
  /** Where it rests in place of a verdict that was shown. @type {Scene | null} */
  #rests = null;
  /** The verdicts that were shown and left. @type {Set<string>} */
  #left = new Set();

  /** @param {CustomerView} view @param {number} now */
  take(view, now) {
    const told = this.#told;
    const key = keyOf(view);
    const keyBefore = told && keyOf(told);
    this.#told = view;
    if (told && key !== null && key === keyBefore) {
      // Whatever is rung up after a no is what the customer looks at now.
      if (!sameGoods(told, view)) this.#rests = 'ticket';
      return;
    }
    if (told && key === null && told.stage === view.stage) return;
    const before = this.#before;
    this.#before = view.stage === 'idle' && told && ENDS.has(told.stage) && this.#rests === null ? { view: told, since: this.#since } : null;
    if (keyBefore !== null) this.#leave(keyBefore);
    if (before && key !== null && keyOf(before.view) === key) {
      // A lock in the middle of it neither ends a verdict nor begins it anew.
      this.#since = before.since;
      this.#rests = null;
      return;
    }
    this.#rests = key !== null && this.#left.has(key) ? restOf(view) : null;
    this.#since = view.since === null || (told && AWAITS.has(told.stage)) ? now : Math.min(now, Date.parse(view.since));
  }

  /** @param {number} now @returns {Shown | null} */
  at(now) {
    if (!this.#told) return null;
    if (this.#before) {
      const end = run(this.#before.view, this.#before.since, now);
      // Looks and language are always the newest.
      const { theme, language, storeName } = this.#told;
      // What was still due of a sale that is gone from the counter is nobody's ticket.
      if (end.scene !== 'idle' && end.scene !== 'ticket') return { ...end, view: { ...end.view, theme, language, storeName } };
    }
    if (this.#rests !== null) return { scene: this.#rests, view: this.#told, until: null };
    return run(this.#told, this.#since, now);
  }

  /** @param {string} key */
  #leave(key) {
    this.#left.add(key);
    for (const oldest of this.#left) {
      if (this.#left.size <= REMEMBERED) return;
      this.#left.delete(oldest);
    }
  }
}

/** Which verdict it is; null without one. @param {CustomerView} view */
const keyOf = (view) => (view.begun === null ? null : `${view.stage} ${view.begun}`);

/** What is left when a verdict has been shown. @param {CustomerView} view @returns {Scene} */
const restOf = (view) => (view.due !== null || NEXT[view.stage] === 'ticket' ? 'ticket' : 'idle');

/** Through the scenes that follow a stage by themselves. @param {CustomerView} view @param {number} since @param {number} now @returns {Shown} */
function run(view, since, now) {
  /** @type {Scene} */
  let scene = view.stage;
  let begun = since;
  for (;;) {
    // Change is counted for as long as that takes.
    const stays = scene === 'paid' && view.change !== null ? CHANGE_STAYS : STAYS[scene];
    /** @type {Scene | undefined} */
    const follows = NEXT[scene];
    // A part leads to what is still due.
    /** @type {Scene | undefined} */
    const next = follows !== undefined && view.due !== null ? 'ticket' : follows;
    if (stays === undefined || next === undefined) return { scene, view, until: null };
    if (now < begun + stays) return { scene, view, until: begun + stays };
    begun += stays;
    scene = next;
  }
}

/** A ticket that changes after a verdict is news. @param {CustomerView} one @param {CustomerView} other */
const sameGoods = (one, other) => one.total === other.total && one.off === other.off && JSON.stringify(one.lines) === JSON.stringify(other.lines);
