//! The one table of what can be done by a key and which key does it: where each system starts, what a key may be, and how
//! it is written. Screens ask for an action, never for a key.
// @ts-check

/**
 * @import { Method } from '../types/ipc.js'
 * @typedef {'mac' | 'windows' | 'linux'} System
 * @typedef {(typeof ACTIONS)[number]} Action what a key can be chosen for
 * @typedef {Record<Action, string>} Keys a chord for each, such as "F9" or "Shift+F5"
 * @typedef {'typed' | 'fixed' | 'editing' | 'system' | 'unusable'} WhyNot
 * @typedef {{ conflict: Action } | { reserved: WhyNot }} Problem
 * @typedef {Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>} Pressed
 */

/** In the order in which the sheet and Settings list them. */
export const ACTIONS = /** @type {const} */ ([
  'payCard', 'showQr', 'scanQr', 'cash', 'split', 'cashOut',
  'quantity', 'discount', 'note', 'park', 'recall', 'lastSale',
  'search', 'lock', 'help',
]);

/** The ways to pay that the terminal has. @type {Partial<Record<Action, Method>>} */
export const METHODS = { payCard: 'bankCard', showQr: 'qrCustScan', scanQr: 'qrMerchScan' };

/**
 * Windows and Linux leave the plain function keys to the program in front. F10 and F11 are the web engine's own there (menu,
 * whole screen) only as long as nobody takes them.
 * @type {Keys}
 */
const USUAL = {
  payCard: 'F9', showQr: 'F10', scanQr: 'F11', cash: 'F12', split: 'F7', cashOut: 'F8',
  quantity: 'F2', discount: 'F3', note: 'F6', park: 'F4', recall: 'F5', lastSale: 'Shift+F5',
  search: '/', lock: 'Ctrl+L', help: '?',
};

/** macOS keeps F11 (show the desktop) and F12 (Dashboard, volume) for itself. @type {Keys} */
const MAC = { ...USUAL, scanQr: 'F8', cash: 'F7', split: 'Shift+F7', cashOut: 'Shift+F8', lock: 'Meta+L' };

/** Where the keys stand before anybody changed one. @param {System} system @returns {Keys} */
export const defaultKeys = (system) => ({ ...(system === 'mac' ? MAC : USUAL) });

/** Which system's habits apply. @param {Pick<Navigator, 'userAgent'>} [from] @returns {System} */
export function systemOf(from = navigator) {
  if (/Mac|iPhone|iPad/.test(from.userAgent)) return 'mac';
  return /Windows/.test(from.userAgent) ? 'windows' : 'linux';
}

/** Keys that only change what another one means, or are the keyboard's own business. */
const NEVER_ALONE = new Set([
  'Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Fn', 'FnLock', 'Hyper', 'Super', 'Symbol', 'CapsLock', 'NumLock', 'ScrollLock',
  'Dead', 'Process', 'Unidentified', 'Compose', 'PrintScreen', 'Pause', 'ContextMenu',
]);

/** What each of these does is the same at every till. */
const FIXED = new Set(['Enter', 'Tab', 'Escape', 'Backspace', 'Delete', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End']);

/** With Ctrl (⌘ on a Mac) these copy, paste, undo, print, search or close in every program; J, M and ] are a scanner's. */
const EDITING = new Set('ACFMJNPQRSTVWXYZ]+-=0'.split(''));

/**
 * The chord that an event stands for, or null if it is none by itself. A character has its shift in it already.
 * @param {Pressed} event
 */
export function chordOf(event) {
  if (NEVER_ALONE.has(event.key) || event.key === '') return null;
  const single = [...event.key].length === 1;
  const commanding = event.ctrlKey || event.altKey || event.metaKey;
  const key = single ? named(event.key, commanding) : event.key;
  const shift = event.shiftKey && (!single || commanding);
  return [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.metaKey && 'Meta', shift && 'Shift', key].filter(Boolean).join('+');
}

/** @param {string} character @param {boolean} commanding */
function named(character, commanding) {
  if (character === ' ') return 'Space';
  return commanding ? character.toUpperCase() : character;
}

/** A chord's modifiers and its key; "Ctrl++" ends in a plus. @param {string} chord */
function parts(chord) {
  const cut = chord.length < 2 ? -1 : chord.lastIndexOf('+', chord.length - 2);
  return { modifiers: cut < 0 ? [] : chord.slice(0, cut).split('+'), key: chord.slice(cut + 1) };
}

/** Whether a chord is a plain character: something that can also be typed. @param {string} chord */
export const isCharacter = (chord) => [...chord].length === 1 || chord === 'Space';

/**
 * Why nothing may be put on this chord, or null if it is free to take.
 * @param {string} chord
 * @param {System} system
 * @returns {WhyNot | null}
 */
export function whyReserved(chord, system) {
  const { modifiers, key } = parts(chord);
  const has = (/** @type {string} */ name) => modifiers.includes(name);
  // An amount, a search and a scan are made of these.
  if (modifiers.length === 0 && isCharacter(chord)) return /[\p{L}\p{N}\s.,+*\-]|^Space$/u.test(chord) ? 'typed' : null;
  if (modifiers.every((name) => name === 'Shift') && FIXED.has(key)) return 'fixed';
  if (has('Alt')) return 'system';
  if (has('Meta')) return system === 'mac' && !isTakenByMac(key) ? null : 'system';
  if (has('Ctrl')) return EDITING.has(key) || FIXED.has(key) ? 'editing' : null;
  if (system === 'mac' && (key === 'F11' || key === 'F12')) return 'system';
  // The context menu of the focused control.
  if (system !== 'mac' && chord === 'Shift+F10') return 'system';
  return /^F([1-9]|1\d|2[0-4])$/.test(key) || key === 'Insert' ? null : 'unusable';
}

/** @param {string} key */
const isTakenByMac = (key) => EDITING.has(key) || FIXED.has(key) || ['H', 'Q', 'W', 'M', 'Space', ',', '`', '?', '/'].includes(key);

/**
 * What speaks against putting `action` on `chord`, or null.
 * @param {Action} action
 * @param {string} chord
 * @param {Keys} keys as they are now
 * @param {System} system
 * @returns {Problem | null}
 */
export function problemOf(action, chord, keys, system) {
  const reserved = whyReserved(chord, system);
  if (reserved) return { reserved };
  const conflict = ACTIONS.find((other) => other !== action && keys[other] === chord);
  return conflict ? { conflict } : null;
}

/**
 * The keys with what was chosen in place of where they start. What cannot be (a file from another system, an older
 * program) is left out, so that no way to pay is ever without a key.
 * @param {Partial<Record<string, string>>} chosen
 * @param {System} system
 * @returns {Keys}
 */
export function withChosen(chosen, system) {
  const wanted = ACTIONS.filter((action) => chosen[action] && whyReserved(chosen[action], system) === null);
  for (;;) {
    const keys = defaultKeys(system);
    for (const action of wanted) keys[action] = chosen[action] ?? keys[action];
    const doubled = wanted.findLastIndex((action) => ACTIONS.some((other) => other !== action && keys[other] === keys[action]));
    if (doubled < 0) return keys;
    wanted.splice(doubled, 1);
  }
}

/** What differs from where the keys start: all that has to be kept. @param {Keys} keys @param {System} system */
export function chosenOf(keys, system) {
  const start = defaultKeys(system);
  return Object.fromEntries(ACTIONS.filter((action) => keys[action] !== start[action]).map((action) => [action, keys[action]]));
}

/** @type {Record<string, string>} */
const ON_CAPS = { Delete: 'Del', Insert: 'Ins', Escape: 'Esc', Backspace: '⌫', ArrowUp: '↑', ArrowDown: '↓' };
/** @type {Record<string, string>} */
const ON_MAC = { Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘' };

/** As it is written on a key cap, "⇧ F5" on a Mac. @param {string} chord @param {System} system */
export function capOf(chord, system) {
  const { modifiers, key } = parts(chord);
  const words = modifiers.map((name) => (system === 'mac' ? (ON_MAC[name] ?? name) : name));
  return [...words, ON_CAPS[key] ?? key].join(' ');
}

/** As `aria-keyshortcuts` has it. @param {string} chord */
export const ariaOf = (chord) => chord.replace('Ctrl', 'Control').replace(/\+$/, 'Plus');
