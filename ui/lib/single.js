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
