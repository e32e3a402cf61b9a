//! Chooses a key for each thing that has one: pick it, press the new key. What cannot be says why, and nothing changes.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, fragment } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { explainShort } from '../lib/errors.js';
import { asCommandError } from '../lib/ipc.js';
import { ACTIONS, chordOf, defaultKeys, problemOf } from '../lib/keymap.js';
import { t } from '../lib/text.js';
import { counter, keymap } from '../models/till.js';

/**
 * @import { Action, Keys, Problem } from '../lib/keymap.js'
 */

export async function openKeyChoice() {
  const dialog = find(fragment('key-choice'), 'dialog', HTMLDialogElement);
  const ends = new AbortController();
  const choice = new KeyChoice(dialog);
  window.addEventListener('keydown', (event) => choice.hear(event), { capture: true, signal: ends.signal });
  find(dialog, '[data-reset]', HTMLElement).addEventListener('click', () => choice.reset());
  keymap.watch(() => choice.draw(), ends.signal);
  await openDialog(dialog);
  ends.abort();
}

class KeyChoice {
  #dialog;
  /** Whose new key is waited for. @type {Action | null} */
  #waiting = null;
  #wrong = '';

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.#dialog = dialog;
    const rows = ACTIONS.map((action) =>
      el('li', { 'data-row': action },
        el('span', { id: `key-name-${action}` }, t(`key.${action}`)),
        el('button', { type: 'button', id: `key-cap-${action}`, 'aria-labelledby': `key-name-${action} key-cap-${action}`, 'aria-describedby': `key-wrong-${action}`, onclick: () => this.#wait(action) }),
        el('p', { class: 'field-error', role: 'alert', id: `key-wrong-${action}` })));
    find(dialog, '[data-rows]', HTMLElement).replaceChildren(...rows);
  }

  draw() {
    for (const action of ACTIONS) {
      const row = find(this.#dialog, `[data-row=${action}]`, HTMLElement);
      const waits = action === this.#waiting;
      row.toggleAttribute('data-waiting', waits);
      const button = find(row, 'button', HTMLButtonElement);
      button.replaceChildren(waits ? t('counter.press') : el('span', { class: 'caps' }, ...keymap.capOf(action).split(' ').map((cap) => el('kbd', {}, cap))));
      const wrong = find(row, '.field-error', HTMLElement);
      const words = waits ? this.#wrong : '';
      if (wrong.textContent !== words) wrong.textContent = words;
    }
  }

  /** @param {Action | null} action */
  #wait(action) {
    this.#waiting = action;
    this.#wrong = '';
    this.draw();
    if (action !== null) tell(t('counter.press_for', { what: t(`key.${action}`) }));
  }

  /** @param {KeyboardEvent} event */
  hear(event) {
    const action = this.#waiting;
    if (action === null) return;
    // Leaving by Tab gives up, so that nobody is caught here.
    if (event.key === 'Tab') {
      this.#wait(null);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.repeat) return;
    if (event.key === 'Escape') {
      this.#wait(null);
      return;
    }
    const chord = chordOf(event);
    if (chord === null) return;
    const problem = problemOf(action, chord, keymap.keys, keymap.system);
    if (problem) {
      this.#wrong = wordsFor(problem);
      this.draw();
      return;
    }
    this.#wait(null);
    this.#save({ ...keymap.keys, [action]: chord }, t('counter.key_set', { what: t(`key.${action}`), key: chord }));
  }

  reset() {
    this.#wait(null);
    this.#save(defaultKeys(keymap.system), t('counter.keys_are_reset'));
  }

  /** @param {Keys} keys @param {string} words */
  async #save(keys, words) {
    const place = find(this.#dialog, '[data-error=form]', HTMLElement);
    place.textContent = '';
    try {
      await counter.saveKeys(keys);
      tell(words);
    } catch (thrown) {
      place.textContent = explainShort(asCommandError(thrown));
    }
  }
}

/** @param {Problem} problem */
function wordsFor(problem) {
  if ('conflict' in problem) return t('counter.conflict', { what: t(`key.${problem.conflict}`) });
  return t(`counter.reserved.${problem.reserved}`);
}
