//! One listener for the whole window's keys. The screen that opened last is asked first; a dialog keeps its own.
// @ts-check

/** @typedef {(event: KeyboardEvent) => boolean} TakesKey returns whether it used the key */

/** @type {TakesKey[]} */
const takers = [];

/** Keys that a browser engine has its own idea of; at a till they pay, whatever has the focus. */
const OURS = new Set(['F6', 'F8', 'F9', 'F10', 'F11']);

/**
 * Asks `take` first for each key, until `signal` says stop.
 * @param {TakesKey} take
 * @param {AbortSignal} signal
 */
export function takeKeys(take, signal) {
  takers.unshift(take);
  signal.addEventListener('abort', () => takers.splice(takers.indexOf(take), 1));
}

/** @param {KeyboardEvent} event */
export function isTyping(event) {
  const target = event.target;
  return target instanceof Element && target.matches('input:not([type=radio]), textarea, select, [contenteditable]');
}

/** Starts hearing keys; called once. */
export function startKeys() {
  window.addEventListener('keydown', (event) => {
    // Taken already, for instance by a dialog that this very key has closed.
    if (event.defaultPrevented) return;
    if (OURS.has(event.key)) event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector('dialog[open]')) return;
    for (const take of [...takers]) {
      if (take(event)) {
        event.preventDefault();
        return;
      }
    }
  });
}
