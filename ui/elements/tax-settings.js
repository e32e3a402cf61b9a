//! Settings' part about sales and service tax: whether, in the prices or on top, and the classes with their rates.
// @ts-check
import { el, find, fragment, tieFields } from '../lib/dom.js';
import { openEditDialog } from '../lib/edit-dialog.js';
import { setValue, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { notices } from '../models/till.js';
import { SavedForm } from './saved-form.js';

/** @import { TaxClassView, TaxSettingsView } from '../types/ipc.js' */

export class KaunterTaxSettings extends SavedForm {
  /** @type {TaxSettingsView | null} */
  #view = null;

  start() {
    this.replaceChildren(fragment('tax-settings'));
    this.listen(() => this.#save());
    this.form.addEventListener('input', () => this.#showRest(), { signal: this.life });
    this.on('[data-add]', 'click', () => this.#edit(null));
    notices.quietly(async () => {
      const view = await call('tax_settings', {});
      if (this.isConnected) this.#draw(view);
    });
  }

  speak() {
    super.speak();
    this.#drawClasses();
  }

  get #enabled() {
    return this.box('enabled');
  }

  /** @param {TaxSettingsView} view */
  #draw(view) {
    this.#view = view;
    this.#enabled.checked = view.enabled;
    find(this.form, `input[name=prices][value=${view.included ? 'included' : 'added'}]`, HTMLInputElement).checked = true;
    setValue(this.form, 'sstNumber', view.sstNumber);
    this.#drawClasses();
    setValue(this.form, 'defaultClass', String(view.defaultClass));
    this.#showRest();
  }

  /** The classes as they are now, in the list and to choose from; what was chosen stays chosen. */
  #drawClasses() {
    const classes = this.#view?.classes ?? [];
    const choice = find(this.form, 'select', HTMLSelectElement);
    const chosen = choice.value;
    choice.replaceChildren(...classes.map((one) => el('option', { value: one.id }, t('tax.class', one))));
    if (classes.some((one) => String(one.id) === chosen)) choice.value = chosen;
    this.find('[data-classes]', HTMLElement).replaceChildren(...classes.map((one) =>
      el('li', {}, el('button', { type: 'button', 'aria-label': t('tax.edit', one), onclick: () => this.#edit(one) }, t('tax.class', one)))));
  }

  /** Nothing else matters to a shop that charges no tax. */
  #showRest() {
    this.find('[data-taxed]', HTMLElement).hidden = !this.#enabled.checked;
  }

  /** @param {TaxClassView | null} one null for a new one */
  #edit(one) {
    const dialog = el('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'tax-class-title' },
      el('form', { class: 'form', novalidate: true },
        el('h2', { id: 'tax-class-title' }, t('tax.edit_title')),
        el('div', { class: 'two' },
          el('div', { class: 'field' }, el('label', {}, t('tax.name')), el('input', { type: 'text', name: 'name', autocomplete: 'off', maxlength: '24', value: one?.name ?? 'SST' }),
            el('span', { class: 'field-error', role: 'alert', 'data-error': 'name' })),
          el('div', { class: 'field' }, el('label', {}, t('tax.rate')),
            el('span', { class: 'with-unit' }, el('input', { type: 'text', name: 'rate', inputmode: 'decimal', autocomplete: 'off', class: 'money', value: one?.rate ?? '' }), el('span', { class: 'soft' }, '%')),
            el('span', { class: 'field-error', role: 'alert', 'data-error': 'rate' }))),
        el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
        el('div', { class: 'actions end' },
          el('button', { type: 'button', class: 'danger start', 'data-remove': true }, t('tax.remove')),
          el('button', { type: 'button', 'data-cancel': true }, t('cancel')),
          el('button', { type: 'submit', class: 'main' }, t('save')))));
    tieFields(dialog);
    // Only the classes are taken over: what was changed in the form behind and not saved stays as it is typed.
    const take = (/** @type {TaxSettingsView} */ view) => {
      this.#view = view;
      this.#drawClasses();
    };
    openEditDialog(dialog,
      async (form) => take(await call('save_tax_class', { id: one?.id ?? null, name: value(form, 'name'), rate: value(form, 'rate') })),
      one ? async () => take(await call('remove_tax_class', { id: one.id })) : null);
  }

  #save() {
    const { form } = this;
    return this.save(() => call('save_tax_settings', {
      form: {
        enabled: this.#enabled.checked,
        included: value(form, 'prices') === 'included',
        sstNumber: value(form, 'sstNumber'),
        defaultClass: Number(value(form, 'defaultClass')),
      },
    }), (saved) => this.#draw(saved));
  }
}

customElements.define('kaunter-tax-settings', KaunterTaxSettings);
