//! Words by key, so that no screen holds a sentence of its own and a language is one file.
// @ts-check
import { en } from './text/en.js';

/** @typedef {keyof typeof en} TextKey */

/**
 * The text for `key`, with each `{name}` replaced by the argument of that name.
 * @param {TextKey} key
 * @param {Record<string, string | number>} [args]
 */
export function t(key, args = {}) {
  return en[key].replace(/\{(\w+)\}/g, (whole, name) => (name in args ? String(args[name]) : whole));
}

/**
 * Writes the words into a fragment: `data-t` is the content, `data-t-label` the accessible name,
 * `data-t-hint` a placeholder.
 * @param {ParentNode} root
 */
export function fillIn(root) {
  for (const node of root.querySelectorAll('[data-t]')) {
    node.textContent = t(/** @type {TextKey} */ (node.getAttribute('data-t')));
  }
  for (const node of root.querySelectorAll('[data-t-label]')) {
    node.setAttribute('aria-label', t(/** @type {TextKey} */ (node.getAttribute('data-t-label'))));
  }
  for (const node of root.querySelectorAll('[data-t-hint]')) {
    node.setAttribute('placeholder', t(/** @type {TextKey} */ (node.getAttribute('data-t-hint'))));
  }
}
