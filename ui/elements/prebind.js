//! The list of terminals that may bind themselves: one field an ID, looked through as it is written, replaced as a whole.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, fragment, tieFields } from '../lib/dom.js';
import { clearErrors, setBusy, showRefusal } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { session, terminals } from '../models/till.js';
import { Part } from './part.js';

/** @import { PrebindLineView, PrebindView } from '../types/ipc.js' */

/** Keys rest this long before the list is looked through. */
const REST_MS = 150;
/** The most IDs, until the shell has said so. */
const MOST = 10;

export class KaunterPrebind extends Part {
  /** The list that is being changed, as the gateway had it. @type {string[]} */
  #before = [];
  #most = MOST;
  #turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  start() {
    this.replaceChildren(fragment('prebind'));
    this.on('[data-form]', 'submit', (event) => {
      event.preventDefault();
      this.#save();
    });
    this.on('[data-rows]', 'input', () => {
      this.#saved('');
      this.#fitRows();
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => this.#check(), REST_MS);
    });
    this.on('[data-training-come]', 'click', () => this.#come());
    this.find('[data-training-come]', HTMLElement).hidden = session.view.mode !== 'training';
    this.life.addEventListener('abort', () => clearTimeout(this.#rest));
    this.#load();
  }

  get #form() {
    return this.find('[data-form]', HTMLFormElement);
  }

  get #fields() {
    return [...this.querySelectorAll('[data-rows] input')].filter((field) => field instanceof HTMLInputElement);
  }

  get #ids() {
    return this.#fields.map((field) => field.value);
  }

  #load = single(async () => {
    try {
      const ids = await call('prebound', {});
      if (this.isConnected) this.#show(ids);
    } catch (thrown) {
      if (this.isConnected) showRefusal(this.#form, thrown);
    }
  });

  /** @param {string[]} ids as the gateway has them */
  #show(ids) {
    this.#before = ids;
    this.find('[data-rows]', HTMLElement).replaceChildren(...ids.map((id) => this.#row(id)));
    this.#fitRows();
    this.#check();
  }

  /** Always one empty field at the end, while the list takes more. */
  #fitRows() {
    const fields = this.#fields;
    if (fields.length < this.#most && (fields.at(-1)?.value ?? 'none') !== '') this.find('[data-rows]', HTMLElement).append(this.#row(''));
    this.#fields.forEach((field, index) => {
      const row = /** @type {HTMLElement} */ (field.closest('li'));
      find(row, 'label', HTMLElement).textContent = t('prebind.id', { number: index + 1 });
      const remove = find(row, 'button', HTMLButtonElement);
      remove.setAttribute('aria-label', t('prebind.remove', { number: index + 1 }));
      remove.hidden = field.value === '';
    });
    const count = this.#ids.filter((id) => id.trim() !== '').length;
    this.find('[data-count]', HTMLElement).textContent = t('prebind.count', { count, most: this.#most });
  }

  /** @param {string} id */
  #row(id) {
    const remove = () => {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      this.#fitRows();
      this.#check();
      const field = next?.querySelector('input') ?? this.#fields[0];
      field?.focus();
    };
    const row = el(
      'li',
      {},
      el('div', { class: 'field' }, el('label', {}), el('input', { type: 'text', value: id, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' }), el('span', { class: 'small prebind-hint', 'data-hint': true }), el('span', { class: 'field-error', 'data-error': true })),
      el('button', { type: 'button', class: 'bare', onclick: remove }, icon('cross')),
    );
    tieFields(row);
    return row;
  }

  async #check() {
    const turn = (this.#turn += 1);
    try {
      const view = await call('check_prebound', { ids: this.#ids });
      if (turn === this.#turn && this.isConnected) this.#judge(view);
    } catch (thrown) {
      if (this.isConnected) showRefusal(this.#form, thrown);
    }
  }

  /** @param {PrebindView} view */
  #judge(view) {
    this.#most = view.limit;
    const written = this.#fields.filter((field) => field.value.trim() !== '');
    for (const field of this.#fields) mark(field, view.lines[written.indexOf(field)] ?? null);
  }

  /** @param {string} words */
  #saved(words) {
    this.find('[data-saved]', HTMLElement).textContent = words;
    if (words) tell(words);
  }

  #save = single(async () => {
    clearTimeout(this.#rest);
    const form = this.#form;
    find(form, '[data-error="form"]', HTMLElement).textContent = '';
    setBusy(form, true);
    try {
      const view = await call('check_prebound', { ids: this.#ids });
      this.#turn += 1;
      this.#judge(view);
      if (!view.canBeSaved) {
        this.#fields.find((field) => field.hasAttribute('aria-invalid'))?.focus();
        return;
      }
      const kept = await call('save_prebound', { ids: this.#ids, before: this.#before });
      if (!this.isConnected) return;
      clearErrors(form);
      this.#show(kept);
      this.#saved(t('prebind.saved'));
    } catch (thrown) {
      if (this.isConnected) showRefusal(form, thrown);
    } finally {
      setBusy(form, false);
    }
  });

  #come = single(async () => {
    clearErrors(this.#form);
    try {
      await call('let_terminal_bind', { key: null });
      await terminals.refresh();
    } catch (thrown) {
      if (this.isConnected) showRefusal(this.#form, thrown, {}, { binding_refused: t('prebind.training_not') });
    }
  });
}

/** @param {HTMLInputElement} field @param {PrebindLineView | null} line */
function mark(field, line) {
  const box = /** @type {HTMLElement} */ (field.parentElement);
  const problem = line?.problem ? t(`prebind.problem.${line.problem}`) : '';
  find(box, '[data-error]', HTMLElement).textContent = problem;
  find(box, '[data-hint]', HTMLElement).textContent = line?.hint ? t(`prebind.hint.${line.hint}`, { other: line.other ?? '' }) : '';
  if (problem) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}

customElements.define('kaunter-prebind', KaunterPrebind);
