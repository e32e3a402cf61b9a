//! Staff: who may use the till, in which role, with which PIN.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, fragment, keyed } from '../lib/dom.js';
import { openEditDialog } from '../lib/edit-dialog.js';
import { setValue, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { initials } from '../lib/labels.js';
import { t } from '../lib/text.js';
import { Part } from '../elements/part.js';
import { KaunterState } from '../elements/state.js';

/** @import { Role, StaffTile } from '../types/ipc.js' */

export class KaunterStaff extends Part {
  start() {
    this.replaceChildren(fragment('staff'));
    this.find('[data-form]', HTMLElement).remove();
    this.on('[data-add]', 'click', () => this.#edit(null));
    this.find('[data-state]', KaunterState).load(() => call('staff', {}), (people) => this.#draw(people));
  }

  /** @param {StaffTile[]} people */
  #draw(people) {
    if (!this.isConnected) return;
    keyed(this.find('[data-rows]', HTMLElement), people, (person) => [person.id, person.name, person.role].join(':'), (person) =>
      el('li', {}, el('button', { type: 'button', class: 'row', onclick: () => this.#edit(person) },
        el('span', { class: 'face', 'aria-hidden': 'true' }, initials(person.name)), el('span', { class: 'row-main' }, person.name), el('span', { class: 'soft' }, t(`role.${person.role}`)))),
    );
  }

  /** @param {StaffTile | null} person */
  async #edit(person) {
    const dialog = find(fragment('staff'), '[data-form]', HTMLDialogElement);
    const form = find(dialog, 'form', HTMLFormElement);
    find(dialog, '[data-title]', HTMLElement).textContent = t(person ? 'staff.edit' : 'staff.add');
    find(dialog, '[data-pin-label]', HTMLElement).textContent = t(person ? 'staff.new_pin' : 'pin');
    find(dialog, '[data-pin-hint]', HTMLElement).textContent = t(person ? 'staff.keep_pin' : 'staff.pin_hint');
    setValue(form, 'name', person?.name ?? '');
    setValue(form, 'role', person?.role ?? 'cashier');
    await openEditDialog(
      dialog,
      async () => {
        const filled = { id: person?.id ?? null, name: value(form, 'name').trim(), role: /** @type {Role} */ (value(form, 'role')), pin: value(form, 'pin') || null };
        this.#draw(await call('save_staff', { form: filled }));
        tell(t('saved'));
      },
      person && (async () => this.#draw(await call('remove_staff', { id: person.id }))),
    );
  }
}

customElements.define('kaunter-staff', KaunterStaff);
