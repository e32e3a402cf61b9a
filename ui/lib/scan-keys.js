//! Hears a scanner wherever the focus is, ahead of everybody else who takes keys. What it types is painted like any other
//! key and taken back at its end; what would do more than paint waits until it is clear that a person pressed it.
// @ts-check
import { isField } from './keys.js';
import { GAP_MS, Scanner } from './scanner.js';
import { remember } from './takeback.js';

/**
 * @import { Keymap } from '../models/keymap.js'
 * @typedef {object} Ears
 * @property {Keymap} keymap which characters do something
 * @property {(text: string) => void} onScan a scan that the till may act on
 * @property {() => void} onDeaf a scan into a dialog: it does nothing, but somebody should know
 * @property {(run: () => void, ms: number) => unknown} [later] for tests
 * @property {() => number} [now] for tests
 */

/** A little longer than a scanner's next key may take to arrive here. */
const HELD_MS = GAP_MS + 15;
/** A timer that is this late was held up by the page's own work, and so were the keys that came meanwhile. */
const LATE_MS = 15;

/** Starts hearing; called once, before anybody else listens for keys. @param {Ears} ears */
export function startScanner({ keymap, onScan, onDeaf, later = setTimeout, now = () => performance.now() }) {
  const scanner = new Scanner();
  /** Keys that wait, in their order. @type {KeyboardEvent[]} */
  let held = [];
  /** Keys that have waited: they are let through. @type {WeakSet<Event>} */
  const released = new WeakSet();
  let back = () => {};
  let turn = 0;

  const release = () => {
    const waiting = held;
    held = [];
    for (const event of waiting) again(event, released);
  };
  const swallow = (/** @type {KeyboardEvent} */ event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const hold = (/** @type {KeyboardEvent} */ event) => {
    swallow(event);
    held.push(event);
    wait(false);
  };
  /** Until no scanner's next key can come any more; once again, where the next one may only not have been heard yet. @param {boolean} late */
  const wait = (late) => {
    const mine = (turn += 1);
    const due = now() + HELD_MS;
    later(() => {
      if (mine !== turn) return;
      if (!late && now() - due > LATE_MS) wait(true);
      else release();
    }, HELD_MS);
  };

  window.addEventListener('keydown', (event) => {
    if (released.has(event)) return;
    const heard = scanner.hear(event);
    switch (heard.kind) {
      case 'begins':
        release();
        back = remember();
        if (doesMore(event, keymap)) hold(event);
        break;
      case 'goesOn':
        if (held.length > 0 || doesMore(event, keymap)) hold(event);
        // These would be pressed, or choose another option.
        else if (event.target instanceof HTMLSelectElement || (event.key === ' ' && !isField(event.target))) swallow(event);
        break;
      case 'scan':
        // A field for barcodes keeps what was typed, and has its own idea of Enter.
        if (document.activeElement?.hasAttribute('data-takes-scan')) break;
        swallow(event);
        held = [];
        back();
        arrive(heard.text, onScan, onDeaf);
        break;
      case 'echo':
        swallow(event);
        break;
      case 'breaks':
        release();
        break;
      case 'passes':
        break;
    }
  }, { capture: true });
}

/**
 * Whether a character does something that could not be taken back: a key of the keymap, the one that adds an amount, and
 * anything in a dialog outside its fields.
 * @param {KeyboardEvent} event @param {Keymap} keymap
 */
function doesMore(event, keymap) {
  if (isField(event.target)) return false;
  if (document.querySelector('dialog[open]')) return event.key !== ' ';
  return event.key === '+' || keymap.actionOf(event) !== null;
}

/** A key that a person pressed after all, a moment later. @param {KeyboardEvent} event @param {WeakSet<Event>} released */
function again(event, released) {
  const { key, code, location, ctrlKey, altKey, metaKey, shiftKey } = event;
  const copy = new KeyboardEvent('keydown', { key, code, location, ctrlKey, altKey, metaKey, shiftKey, bubbles: true, cancelable: true });
  released.add(copy);
  const place = document.activeElement ?? document.body;
  const taken = !place.dispatchEvent(copy);
  // One that was held may have moved the focus into a field: the rest is meant for that.
  if (!taken && isField(place) && [...key].length === 1) document.execCommand('insertText', false, key);
}

/** @param {string} text @param {(text: string) => void} onScan @param {() => void} onDeaf */
function arrive(text, onScan, onDeaf) {
  if (document.querySelector('dialog[open]')) onDeaf();
  else if (!document.querySelector('kaunter-pin-pad')) onScan(text);
}
