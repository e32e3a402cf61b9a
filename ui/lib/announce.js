//! What a screen reader is told: one polite region, one urgent one, both there from the start.
// @ts-check

/** @param {string} id @param {string} text */
function say(id, text) {
  const region = document.getElementById(id);
  if (!region) return;
  // A repeated sentence is only read again if the node is new.
  region.replaceChildren(Object.assign(document.createElement('p'), { textContent: text }));
}

/** Told when the reader is free. @param {string} text */
export const tell = (text) => say('status', text);

/**
 * Told after what was just told, not in its place. Both are read, each once: the region is not read as a whole.
 * @param {string} text
 */
export function tellMore(text) {
  const region = document.getElementById('status');
  if (!region) return;
  while (region.childElementCount > 1) region.firstElementChild?.remove();
  region.append(Object.assign(document.createElement('p'), { textContent: text }));
}

/** Told at once. @param {string} text */
export const alert = (text) => say('alert', text);
