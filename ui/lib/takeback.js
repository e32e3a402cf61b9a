//! What was on the page before a key, so that what a scanner typed can be taken back: every field with what is chosen in it,
//! where the focus stood, and whatever a screen keeps of its own.
// @ts-check

/** @typedef {() => () => void} Remembers looks now, and gives back how to make it so again */

/** @type {Set<Remembers>} */
const own = new Set();

/** Has `remember` asked as well, until `signal` says stop. @param {Remembers} remember @param {AbortSignal} signal */
export function takeBack(remember, signal) {
  own.add(remember);
  signal.addEventListener('abort', () => own.delete(remember));
}

/** @returns {() => void} puts everything back */
export function remember() {
  const focused = document.activeElement;
  const fields = [...document.querySelectorAll('input, textarea, select')].map((field) => fieldNow(/** @type {Field} */ (field)));
  const others = [...own].map((look) => look());
  return () => {
    for (const back of others) back();
    if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused && focused !== document.body) focused.focus({ preventScroll: true });
    for (const back of fields) back();
  };
}

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** @param {Field} field */
function fieldNow(field) {
  const { value } = field;
  if (field instanceof HTMLSelectElement) {
    return () => {
      if (field.value === value) return;
      field.value = value;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    };
  }
  // Null where the kind of field has no such thing.
  const { selectionStart, selectionEnd } = field;
  return () => {
    if (field.value !== value) rewrite(field, value);
    if (selectionStart !== null && selectionEnd !== null && document.activeElement === field) field.setSelectionRange(selectionStart, selectionEnd);
  };
}

/**
 * As if typed, so that the field still knows whether somebody has changed it and tells so when it is left.
 * @param {HTMLInputElement | HTMLTextAreaElement} field @param {string} value
 */
function rewrite(field, value) {
  if (document.activeElement === field) {
    field.select();
    document.execCommand(value === '' ? 'delete' : 'insertText', false, value);
    if (field.value === value) return;
  }
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
