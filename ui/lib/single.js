//! Lets an action run once at a time: a double tap or a held key starts nothing twice.
// @ts-check

/**
 * Wraps `action` so that calls made while it runs are ignored.
 * @template {any[]} A
 * @param {(...args: A) => Promise<unknown>} action
 * @returns {(...args: A) => Promise<void>}
 */
export function single(action) {
  let running = false;
  return async (...args) => {
    if (running) return;
    running = true;
    try {
      await action(...args);
    } finally {
      running = false;
    }
  };
}

/**
 * Wraps `action` so that a call is ignored only while one with the same key runs.
 * @template {any[]} A
 * @param {(...args: A) => string} keyOf
 * @param {(...args: A) => Promise<unknown>} action
 * @returns {(...args: A) => Promise<void>}
 */
export function singleEach(keyOf, action) {
  /** @type {Set<string>} */
  const running = new Set();
  return async (...args) => {
    const key = keyOf(...args);
    if (running.has(key)) return;
    running.add(key);
    try {
      await action(...args);
    } finally {
      running.delete(key);
    }
  };
}

/**
 * Wraps `action` so that calls made while it runs end as that one does: for those who go on with what it has made.
 * @template {any[]} A
 * @template T
 * @param {(...args: A) => Promise<T>} action
 * @returns {(...args: A) => Promise<T>}
 */
export function joined(action) {
  /** @type {Promise<T> | null} */
  let running = null;
  return (...args) => {
    running ??= action(...args).finally(() => (running = null));
    return running;
  };
}
