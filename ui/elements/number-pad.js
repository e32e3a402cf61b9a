//! Digits by touch for a dialog's number field; by keyboard the field is typed into as ever.
// @ts-check
import { el } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { t } from '../lib/text.js';

/**
 * Keys that type into `field` and tell it so.
 * @param {HTMLInputElement} field
 * @param {{ point: boolean }} how whether a decimal point can be typed
 */
export function numberPad(field, { point }) {
  const put = (/** @type {string} */ value) => {
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus({ preventScroll: true });
  };
  // The first key replaces what was there, as typing over a selected value does.
  const type = (/** @type {string} */ key) => {
    const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    put((whole ? '' : field.value) + key);
  };
  const key = (/** @type {string} */ label) => el('button', { type: 'button', class: 'key', onclick: () => type(label) }, label);
  return el('div', { class: 'number-pad', role: 'group', 'aria-label': t('pad.title') },
    ...['7', '8', '9', '4', '5', '6', '1', '2', '3'].map(key),
    point ? key('.') : key('00'),
    key('0'),
    el('button', { type: 'button', class: 'key quiet', 'aria-label': t('keys.erase'), onclick: () => put(field.value.slice(0, -1)) }, icon('erase')));
}
