//! The sheet that `?` opens: every key of the till.
// @ts-check
import { el, find, fragment } from '../lib/dom.js';
import { t } from '../lib/text.js';
import { openDialog } from '../lib/dialog.js';

/** @type {[string, import('../lib/text.js').TextKey][]} */
const KEYS = [
  ['0 – 9 .', 'keys.digits'],
  ['Enter +', 'keys.add'],
  ['⌫', 'keys.erase'],
  ['F9', 'pay.card'],
  ['F10', 'pay.show_qr'],
  ['F11', 'pay.scan_qr'],
  ['F8', 'cash.key'],
  ['F6', 'extras.key'],
  ['↑ ↓', 'keys.line'],
  ['Del', 'keys.remove'],
  ['/', 'keys.search'],
  ['Esc', 'keys.escape'],
  ['?', 'keys.sheet'],
];

export function openKeySheet() {
  const dialog = find(fragment('keys'), 'dialog', HTMLDialogElement);
  const list = find(dialog, '[data-list]', HTMLElement);
  for (const [keys, what] of KEYS) {
    const caps = keys.split(' ').map((key) => (key === '–' ? key : el('kbd', {}, key)));
    list.append(el('div', {}, el('dt', {}, ...caps), el('dd', {}, t(what))));
  }
  return openDialog(dialog);
}
