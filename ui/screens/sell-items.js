//! The shelf on Sell: search, categories and the tiles of what the shop sells.
// @ts-check
import { el, find, keyed } from '../lib/dom.js';
import { t } from '../lib/text.js';
import { grouped } from '../lib/money.js';
import { sale } from '../models/till.js';

/** @import { ItemView } from '../types/ipc.js' */

export class ItemShelf {
  #root;
  #category = '';
  #query = '';

  /** @param {HTMLElement} root @param {AbortSignal} life */
  constructor(root, life) {
    this.#root = root;
    const search = find(root, '[data-search]', HTMLInputElement);
    search.addEventListener('input', () => {
      this.#query = search.value.trim().toLowerCase();
      this.draw();
    }, { signal: life });
    search.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      const [first] = this.#matching();
      if (this.#query !== '' && first) {
        sale.addItem(first.id);
        search.select();
      }
    }, { signal: life });
  }

  #matching() {
    return sale.items.filter(
      (item) => (this.#category === '' || item.category === this.#category) && item.name.toLowerCase().includes(this.#query),
    );
  }

  draw() {
    const { items } = sale;
    this.#root.querySelector('main')?.toggleAttribute('data-no-items', sale.loaded && items.length === 0);
    const categories = [...new Set(items.map((item) => item.category).filter((name) => name !== ''))];
    if (this.#category !== '' && !categories.includes(this.#category)) this.#category = '';
    const chips = find(this.#root, '[data-categories]', HTMLElement);
    chips.hidden = categories.length < 2;
    keyed(chips, ['', ...categories], (name) => `c:${name}`, (name) => this.#chip(name), (chip, name) => {
      chip.setAttribute('aria-pressed', String(name === this.#category));
    });
    const matching = this.#matching();
    keyed(find(this.#root, '[data-items]', HTMLElement), matching, (item) => `${item.id}:${item.name}:${item.price}`, (item) => this.#tile(item));
    find(this.#root, '[data-none]', HTMLElement).hidden = matching.length > 0 || items.length === 0;
  }

  /** @param {string} name */
  #chip(name) {
    const choose = () => {
      this.#category = name;
      this.draw();
    };
    return el('button', { type: 'button', onclick: choose }, name || t('sell.all'));
  }

  /** @param {ItemView} item */
  #tile(item) {
    return el(
      'button',
      { type: 'button', onclick: () => sale.addItem(item.id) },
      el('b', {}, item.name),
      el('span', { class: 'money' }, grouped(item.price)),
    );
  }
}
