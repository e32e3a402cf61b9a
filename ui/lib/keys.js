//! One listener for the whole window's keys. The screen that opened last is asked first; a dialog keeps its own.
// @ts-check

/**
 * @import { Action } from './keymap.js'
 * @import { Keymap } from '../models/keymap.js'
 * @typedef {(event: KeyboardEvent, action: Action | null) => boolean} TakesKey returns whether it used the key
 */

/** @type {TakesKey[]} */
const takers = [];

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
export const isTyping = (event) => isField(event.target);

/** Whether keys that go there are text. @param {EventTarget | null} place */
export const isField = (place) =>
  place instanceof Element && place.matches('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]');

/** Starts hearing keys; called once. @param {Keymap} keymap */
export function startKeys(keymap) {
  window.addEventListener('keydown', (event) => {
    // Taken already, for instance by a dialog that this very key has closed.
    if (event.defaultPrevented) return;
    const action = keymap.actionOf(event, isTyping(event));
    // The engine may have its own idea of such a key; at a till it pays, whatever has the focus.
    if (action !== null) event.preventDefault();
    if (action === null && (event.ctrlKey || event.metaKey || event.altKey)) return;
    if (event.isComposing || document.querySelector('dialog[open]')) return;
    if (!hand(event, action) && action !== null && !event.repeat) pressShown(action);
  });
}

/** A key that no screen takes by itself presses the button that it stands on. @param {Action} action */
function pressShown(action) {
  const button = document.querySelector(`button[data-shortcut="${action}"]`);
  if (button instanceof HTMLButtonElement && button.checkVisibility()) button.click();
}

/**
 * Offers a key to everybody who takes keys. True if somebody did.
 * @param {KeyboardEvent} event
 * @param {Action | null} action
 */
function hand(event, action) {
  for (const take of [...takers]) {
    if (!take(event, action)) continue;
    event.preventDefault();
    return true;
  }
  return false;
}
