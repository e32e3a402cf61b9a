//! State that can be watched: the smallest thing that lets several parts of the page show one truth.
// @ts-check

/** Calls its watchers after each change. */
export class Watchable {
  /** @type {Set<() => void>} */
  #watchers = new Set();

  /**
   * Calls `look` now and after each change, until `signal` says stop.
   * @param {() => void} look
   * @param {AbortSignal} signal
   */
  watch(look, signal) {
    this.#watchers.add(look);
    signal.addEventListener('abort', () => this.#watchers.delete(look));
    look();
  }

  changed() {
    for (const look of [...this.#watchers]) look();
  }
}
