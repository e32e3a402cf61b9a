//! Which totals are rounded to 5 sen, where the currency has that mechanism.
// @ts-check
import { el } from '../lib/dom.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { notices } from '../models/till.js';
import { Part } from './part.js';

/**
 * @import { Rounding, RoundingView } from '../types/ipc.js'
 * @import { TextKey } from '../lib/text.js'
 */

/** @type {{ value: Rounding, word: TextKey, hint: TextKey }[]} */
const CHOICES = [
  { value: 'cash', word: 'rounding.cash', hint: 'rounding.cash_hint' },
  { value: 'all', word: 'rounding.all', hint: 'rounding.all_hint' },
  { value: 'off', word: 'rounding.off', hint: 'rounding.off_hint' },
];

export class KaunterRoundingSettings extends Part {
  /** @type {RoundingView | null} */
  #view = null;

  start() {
    notices.quietly(async () => this.#show(await call('rounding', {})));
  }

  speak() {
    if (this.#view) this.#show(this.#view);
  }

  /** @param {RoundingView} view */
  #show(view) {
    this.#view = view;
    this.hidden = !view.known;
    if (!view.known || !this.isConnected) return;
    this.replaceChildren(
      el('h2', { id: 'rounding-title' }, t('rounding.title')),
      el('p', { class: 'soft' }, t('rounding.why')),
      el('div', { class: 'form', role: 'radiogroup', 'aria-labelledby': 'rounding-title' },
        ...CHOICES.map(({ value, word, hint }) =>
          el('label', { class: 'choice' },
            el('input', { type: 'radio', name: 'rounding', value, checked: value === view.rounding, onchange: () => this.#choose(value) }),
            el('span', {}, el('b', {}, t(word)), el('small', { class: 'soft' }, t(hint)))))));
  }

  /** @param {Rounding} rounding */
  async #choose(rounding) {
    const done = await notices.attempt(async () => this.#show(await call('set_rounding', { rounding })));
    if (done && this.isConnected) /** @type {HTMLElement | null} */ (this.querySelector('input:checked'))?.focus();
    else if (this.#view) this.#show(this.#view);
  }
}

customElements.define('kaunter-rounding-settings', KaunterRoundingSettings);
