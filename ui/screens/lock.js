//! Lock: who is at the till, and the PIN. Also the way back for a manager's forgotten PIN.
// @ts-check
import { el, find, focusOn, fragment, keyed } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { clearErrors, setBusy, showError, showRefusal, value } from '../lib/forms.js';
import { asCommandError, call } from '../lib/ipc.js';
import { takeKeys, isTyping } from '../lib/keys.js';
import { initials } from '../lib/labels.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { session } from '../models/till.js';
import { Part } from '../elements/part.js';
import { KaunterPinPad } from '../elements/pin-pad.js';
import { KaunterState } from '../elements/state.js';

/** @import { CommandError, StaffTile } from '../types/ipc.js' */

export class KaunterLock extends Part {
  /** @type {StaffTile | null} */
  #chosen = null;
  /** What is said of a till that could not be opened. @type {string | null} */
  #problem = null;

  start() {
    this.replaceChildren(fragment('lock'));
    this.find('[data-reset]', HTMLDialogElement).remove();
    this.#pad.addEventListener('enter', (event) => this.#enter(/** @type {CustomEvent<string>} */ (event).detail), { signal: this.life });
    this.on('[data-forgotten]', 'click', () => this.#reset());
    session.watch(() => this.#draw(), this.life);
    takeKeys((event) => this.#key(event), this.life);
  }

  speak() {
    super.speak();
    this.#draw();
    this.#greet();
  }

  get #pad() {
    return this.find('[data-pad]', KaunterPinPad);
  }

  land() {
    const { staff } = session.view;
    const only = staff.length === 1 ? staff[0] : null;
    if (only) {
      this.#choose(only);
      return;
    }
    const first = this.querySelector('[data-tiles] button');
    if (first instanceof HTMLElement) focusOn(first);
  }

  #draw() {
    const { staff, storeName, problem } = session.view;
    this.#drawProblem(problem);
    this.find('[data-store]', HTMLElement).textContent = storeName || t('lock.welcome');
    const tiles = this.find('[data-tiles]', HTMLElement);
    keyed(tiles, staff, (person) => String(person.id), (person) => this.#tile(person), (tile, person) => {
      tile.setAttribute('aria-pressed', String(person.id === this.#chosen?.id));
    });
  }

  /** A till that could not be opened has nobody to choose. @param {CommandError | null} problem */
  #drawProblem(problem) {
    const code = problem?.code ?? null;
    this.find('[data-who]', HTMLElement).hidden = problem !== null;
    if (code === this.#problem) return;
    this.#problem = code;
    const state = this.find('[data-state]', KaunterState);
    if (problem) state.error(problem, () => session.refresh().catch((thrown) => state.error(asCommandError(thrown), () => session.refresh())));
    else state.clear();
  }

  /** @param {StaffTile} person */
  #tile(person) {
    const role = el('span', { class: 'tile-role', 'aria-hidden': 'true', id: `role-${person.id}` }, t(`role.${person.role}`));
    return el(
      'button',
      { type: 'button', class: 'tile', 'aria-describedby': role.id, onclick: () => this.#choose(person) },
      el('span', { class: 'face', 'aria-hidden': 'true' }, initials(person.name)),
      el('span', { class: 'tile-name' }, person.name),
      role,
    );
  }

  /** @param {StaffTile} person */
  #choose(person) {
    this.#chosen = person;
    this.#draw();
    this.find('[data-pin-side]', HTMLElement).hidden = false;
    this.#greet();
    this.find('[data-forgotten]', HTMLElement).hidden = person.role !== 'manager' || session.view.trainingPins.length > 0;
    this.#pad.clear();
    this.#pad.focus();
  }

  #greet() {
    const person = this.#chosen;
    if (!person) return;
    this.find('[data-name]', HTMLElement).textContent = t('lock.greeting', { name: person.name });
    const sample = session.view.trainingPins.find((pin) => pin.name === person.name);
    const note = this.find('[data-sample]', HTMLElement);
    note.hidden = !sample;
    note.textContent = sample ? t('lock.sample_pin', { name: sample.name, pin: sample.pin }) : '';
  }

  /** Digits typed while a tile has the focus belong to the PIN. @param {KeyboardEvent} event */
  #key(event) {
    if (isTyping(event) || !this.#chosen || !/^\d$/.test(event.key)) return false;
    this.#pad.focus();
    this.#pad.press(event.key);
    return true;
  }

  #enter = single(async (/** @type {string} */ pin) => {
    if (!this.#chosen) return;
    try {
      await session.unlock(this.#chosen.id, pin);
    } catch (thrown) {
      this.#pad.refuse(asCommandError(thrown));
    }
  });

  async #reset() {
    const person = this.#chosen;
    if (!person) return;
    const dialog = find(fragment('lock'), '[data-reset]', HTMLDialogElement);
    const form = find(dialog, 'form', HTMLFormElement);
    find(dialog, '[data-cancel]', HTMLElement).addEventListener('click', () => dialog.close());
    const send = single(async () => {
      clearErrors(form);
      if (value(form, 'pin') !== value(form, 'again')) {
        showError(form, 'again', t('reset.differ'));
        return;
      }
      setBusy(form, true);
      try {
        session.take(await call('reset_manager_pin', { staffId: person.id, password: value(form, 'password'), newPin: value(form, 'pin') }));
        dialog.close();
      } catch (thrown) {
        showRefusal(form, thrown);
      } finally {
        setBusy(form, false);
      }
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      send();
    });
    await openDialog(dialog);
    if (this.isConnected) this.#pad.focus();
  }
}

customElements.define('kaunter-lock', KaunterLock);
