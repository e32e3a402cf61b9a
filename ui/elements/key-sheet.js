//! The sheet of keys: every key of the till, as they are set now.
// @ts-check
import { el, find, fragment } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { ACTIONS } from '../lib/keymap.js';
import { t } from '../lib/text.js';
import { keymap, options } from '../models/till.js';

/** @import { TextKey } from '../lib/text.js' */

/** Those that are the same at every till. @type {[string, TextKey][]} */
const FIXED = [
  ['0 – 9 .', 'keys.digits'],
  ['Enter +', 'keys.add'],
  ['⌫', 'keys.erase'],
  ['↑ ↓', 'keys.line'],
  ['Del', 'keys.remove'],
  ['Esc', 'keys.escape'],
];

export function openKeySheet() {
  const dialog = find(fragment('keys'), 'dialog', HTMLDialogElement);
  const list = find(dialog, '[data-list]', HTMLElement);
  for (const action of ACTIONS) {
    // What the shop does not offer has no key.
    if (action === 'cashOut' && options.view.cashOut === null) continue;
    list.append(row(keymap.capOf(action).split(' '), t(`key.${action}`)));
  }
  for (const [keys, what] of FIXED) list.append(row(keys.split(' '), t(what)));
  return openDialog(dialog);
}

/** @param {string[]} caps @param {string} what */
const row = (caps, what) =>
  el('div', {}, el('dt', {}, ...caps.map((cap) => (cap === '–' ? cap : el('kbd', {}, cap)))), el('dd', {}, what));
