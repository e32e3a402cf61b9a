//! Items: what the shop sells. A page of the list at a time, since there may be 50,000; found by search and heading.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, fragment, keyed } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { isTyping, takeKeys } from '../lib/keys.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { language, t } from '../lib/text.js';
import { priceFor } from '../lib/units.js';
import { editItem } from '../elements/item-editor.js';
import { openImport } from '../elements/import-items.js';
import { Part } from '../elements/part.js';
import { KaunterState } from '../elements/state.js';
import { itemPicture } from '../models/item-pictures.js';
import { notices, session } from '../models/till.js';

/**
 * @import { CategoryView, ItemPage, ItemView } from '../types/ipc.js'
 * @import { Action } from '../lib/keymap.js'
 */

/** How many rows stand on one page. */
const ON_A_PAGE = 50;

export class KaunterItems extends Part {
  #text = '';
  /** @type {string | null} */
  #category = null;
  #offset = 0;
  /** Which question was asked last: the answer to an earlier one is dropped. */
  #asked = 0;
  /** Whether anything was had yet. */
  #shown = false;

  start() {
    this.#shown = false;
    this.replaceChildren(fragment('items'));
    this.on('[data-add]', 'click', () => this.#edit(null));
    this.on('[data-import]', 'click', () => this.#import());
    this.on('[data-export]', 'click', () => this.#export());
    this.on('[data-search]', 'input', () => this.#look({ text: this.find('[data-search]', HTMLInputElement).value.trim() }));
    this.on('[data-category]', 'change', () => this.#look({ category: this.#chosen() }));
    for (const [key, by] of /** @type {const} */ ([['[data-before]', -ON_A_PAGE], ['[data-after]', ON_A_PAGE]])) {
      this.on(key, 'click', () => this.find(key, HTMLElement).getAttribute('aria-disabled') !== 'true' && this.#turn(by));
    }
    takeKeys((event, action) => this.#key(event, action), this.life);
    window.addEventListener('hashchange', () => this.#follow(), { signal: this.life });
    this.#load();
    this.#follow();
  }

  /** `#/items/new/9556…` adds an item with that barcode. */
  #follow() {
    const [, screen, what, barcode] = location.hash.split('/');
    if (screen !== 'items' || what !== 'new') return;
    history.replaceState(null, '', '#/items');
    this.#edit(null, plain(barcode ?? ''));
  }

  #chosen() {
    const { value } = this.find('[data-category]', HTMLSelectElement);
    return value === '' ? null : value.slice(1);
  }

  /** @param {{ text?: string, category?: string | null }} wanted */
  #look({ text = this.#text, category = this.#category }) {
    this.#text = text;
    this.#category = category;
    this.#offset = 0;
    return this.#list();
  }

  /** One page at a time: a second touch before the first page stands would go past the last one. */
  #turn = single(async (/** @type {number} */ by) => {
    this.#offset = Math.max(0, this.#offset + by);
    await this.#list();
    this.querySelector('main')?.scrollTo({ top: 0 });
  });

  /** The headings and the page. What is shown stays while its news is on the way. */
  async #load() {
    const ask = async () => {
      const categories = await call('item_categories', {});
      if (!categories.some(({ name }) => name === this.#category)) this.#category = null;
      return { categories, page: await this.#ask() };
    };
    const turn = (this.#asked += 1);
    const done = (/** @type {{ categories: CategoryView[], page: ItemPage }} */ found) => {
      this.#drawHeadings(found.categories);
      if (turn === this.#asked) this.#draw(found.page);
    };
    if (!this.#shown) return this.find('[data-state]', KaunterState).load(ask, done);
    await notices.quietly(async () => {
      const found = await ask();
      if (this.isConnected) done(found);
    });
  }

  #ask() {
    return call('find_items', { query: { text: this.#text, category: this.#category, offset: this.#offset, limit: ON_A_PAGE } });
  }

  #list() {
    // Where nothing could be had yet, all of it is asked for once more.
    if (!this.#shown) return this.#load();
    return notices.attempt(async () => {
      const turn = (this.#asked += 1);
      const page = await this.#ask();
      if (turn === this.#asked && this.isConnected) this.#draw(page);
    });
  }

  /** @param {CategoryView[]} categories */
  #drawHeadings(categories) {
    this.find('[data-category]', HTMLSelectElement).replaceChildren(
      el('option', { value: '' }, t('items.all_categories')),
      ...categories.map(({ name, items }) => el('option', { value: `=${name}`, selected: name === this.#category }, `${name || t('shelf.no_category')} (${items})`)),
    );
    this.find('[data-tools]', HTMLElement).hidden = categories.length === 0;
  }

  /** @param {ItemPage} page */
  #draw({ items, found, tooMany }) {
    // The last one of the last page is gone: what is left stands before it.
    if (items.length === 0 && found > 0 && this.#offset > 0) {
      this.#offset = Math.floor((found - 1) / ON_A_PAGE) * ON_A_PAGE;
      this.#shown = true;
      this.#list();
      return;
    }
    keyed(this.find('[data-rows]', HTMLElement), items, (item) => JSON.stringify(item), (item) => this.#row(item));
    this.#shown = true;
    this.find('[data-none]', HTMLElement).hidden = items.length > 0;
    this.find('[data-none-words]', HTMLElement).textContent = this.#text !== '' ? t('shelf.none_found', { text: this.#text }) : t('items.none');
    const from = this.#offset + 1;
    const to = this.#offset + items.length;
    const number = new Intl.NumberFormat(language());
    const [first, last, all] = [from, to, found].map((count) => number.format(count));
    this.find('[data-where]', HTMLElement).textContent = t(tooMany ? 'items.where_many' : 'items.where', { first: first ?? '', last: last ?? '', all: all ?? '' });
    this.find('[data-pages]', HTMLElement).hidden = items.length === 0;
    // Not `disabled`: the key that has just been pressed keeps the focus on the first and on the last page.
    this.find('[data-before]', HTMLElement).setAttribute('aria-disabled', String(this.#offset === 0));
    this.find('[data-after]', HTMLElement).setAttribute('aria-disabled', String(to >= found));
  }

  /** @param {ItemView} item */
  #row(item) {
    const codes = [item.code, item.barcodes[0], item.barcodes.length > 1 ? t('items.more_barcodes', { count: item.barcodes.length - 1 }) : ''];
    return el('li', {},
      el('button', { type: 'button', class: 'row item-row', onclick: () => this.#edit(item) },
        el('span', { class: 'row-picture' }, itemPicture(item) ?? icon('tag')),
        el('span', { class: 'row-main' }, item.name, item.soldOut ? el('span', { class: 'sold-out' }, icon('none'), t('shelf.sold_out')) : null),
        el('span', { class: 'soft row-codes' }, codes.filter(Boolean).join(' · ')),
        el('span', { class: 'soft' }, item.category),
        el('span', { class: 'money' }, priceFor(money(item.price, session.view.currency), item.unit))));
  }

  /** The dialog asks before it opens, so a second touch would open a second one. */
  #edit = single(async (/** @type {ItemView | null} */ item, barcode = '') => {
    await notices.attempt(async () => {
      if (await editItem(item, barcode)) await this.#load();
    });
  });

  #import = single(async () => {
    if (await openImport()) await this.#load();
  });

  #export = single(async () => {
    const button = this.find('[data-export]', HTMLElement);
    const line = this.find('[data-file-line]', HTMLElement);
    button.setAttribute('aria-busy', 'true');
    await notices.attempt(async () => {
      const { path } = await call('export_items', { language: language() });
      const words = t('export.saved', { path });
      line.hidden = false;
      line.replaceChildren(icon('check'), el('span', {}, words));
      tell(words);
    });
    button.removeAttribute('aria-busy');
  });

  /** @param {KeyboardEvent} event @param {Action | null} action */
  #key(event, action) {
    const search = this.find('[data-search]', HTMLInputElement);
    if (isTyping(event)) {
      if (event.key !== 'Escape' || event.target !== search) return false;
      search.value = '';
      this.#look({ text: '' });
      this.land();
      return true;
    }
    if (action !== 'search') return false;
    search.focus();
    search.select();
    return true;
  }
}

/** A part of an address as it was; one that is none stands for nothing. @param {string} part */
function plain(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

customElements.define('kaunter-items', KaunterItems);
