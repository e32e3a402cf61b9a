//! Forms that keep what was typed and put each error beside its field.
// @ts-check
import { explainShort, placeOf } from './errors.js';
import { asCommandError } from './ipc.js';

/** @import { ErrorCode } from '../types/ipc.js' */

/** @param {HTMLFormElement} form @param {string} name */
export function value(form, name) {
  const field = form.elements.namedItem(name);
  if (field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) {
    return field.value;
  }
  return '';
}

/** @param {HTMLFormElement} form @param {string} name @param {string} text */
export function setValue(form, name, text) {
  const field = form.elements.namedItem(name);
  if (field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) {
    field.value = text;
  }
}

/** Takes all errors away. @param {HTMLFormElement} form */
export function clearErrors(form) {
  for (const place of form.querySelectorAll('[data-error]')) place.textContent = '';
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
}

/**
 * Shows `text` beside the field `name`, or at the form's end if it has no such field. The first one gets the focus.
 * @param {HTMLFormElement} form
 * @param {string | null} name
 * @param {string} text
 */
export function showError(form, name, text) {
  const place = (name && form.querySelector(`[data-error="${name}"]`)) || form.querySelector('[data-error="form"]');
  if (!place) return;
  place.textContent = text;
  const field = name ? form.elements.namedItem(name) : null;
  if (!(field instanceof HTMLElement)) return;
  const first = form.querySelector('[aria-invalid]') === null;
  field.setAttribute('aria-invalid', 'true');
  if (first) field.focus();
}

/**
 * Shows what the shell refused. `places` renames the usual places to this form's fields, `words` says a code in
 * this form's own words.
 * @param {HTMLFormElement} form
 * @param {unknown} thrown
 * @param {Record<string, string>} [places]
 * @param {Partial<Record<ErrorCode, string>>} [words]
 */
export function showRefusal(form, thrown, places = {}, words = {}) {
  const error = asCommandError(thrown);
  const place = placeOf(error);
  showError(form, place && (places[place] ?? place), words[error.code] ?? explainShort(error));
}

/** Marks a form as busy, so that it is seen and not sent twice. @param {HTMLFormElement} form @param {boolean} busy */
export function setBusy(form, busy) {
  form.toggleAttribute('data-busy', busy);
  form.setAttribute('aria-busy', String(busy));
  for (const button of form.querySelectorAll('button[type=submit]')) /** @type {HTMLButtonElement} */ (button).disabled = busy;
}
