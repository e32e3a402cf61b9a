//! Which key does what at this till now: where the system starts, with what a manager has changed.
// @ts-check
import { capOf, chordOf, defaultKeys, systemOf, withChosen, ACTIONS, ariaOf, isCharacter } from '../lib/keymap.js';
import { Watchable } from './watchable.js';

/** @import { Action, Keys, Pressed, System } from '../lib/keymap.js' */

export class Keymap extends Watchable {
  /** @type {System} */
  system;
  /** @type {Keys} */
  keys;

  /** @param {System} [system] */
  constructor(system = systemOf()) {
    super();
    this.system = system;
    this.keys = defaultKeys(system);
  }

  /** @param {Partial<Record<string, string>>} chosen what differs from where the keys start */
  take(chosen) {
    this.keys = withChosen(chosen, this.system);
    this.changed();
  }

  /**
   * What a key is for now, or null. While somebody types, a plain character is what it is.
   * @param {Pressed} event
   * @param {boolean} [typing]
   * @returns {Action | null}
   */
  actionOf(event, typing = false) {
    const chord = chordOf(event);
    if (chord === null || (typing && isCharacter(chord))) return null;
    return ACTIONS.find((action) => this.keys[action] === chord) ?? null;
  }

  /** As it stands on the key's cap. @param {Action} action */
  capOf(action) {
    return capOf(this.keys[action], this.system);
  }

  /**
   * Writes the keys into what names an action: `data-key-of` shows it, `data-shortcut` has it for readers. May be done again.
   * @param {ParentNode} root
   */
  draw(root) {
    for (const cap of root.querySelectorAll('[data-key-of]')) cap.textContent = this.capOf(/** @type {Action} */ (cap.getAttribute('data-key-of')));
    for (const control of root.querySelectorAll('[data-shortcut]')) {
      control.setAttribute('aria-keyshortcuts', ariaOf(this.keys[/** @type {Action} */ (control.getAttribute('data-shortcut'))]));
    }
  }
}

/** The page's one copy. Here and not with the other models, so that windows that show a single part need none of those. */
export const keymap = new Keymap();
