//! The shelf on Sell: search as you type, headings, and the tiles of what the shop sells.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, keyed } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { grouped } from '../lib/money.js';
import { t } from '../lib/text.js';
import { priceFor } from '../lib/units.js';
import { openItemMenu } from '../elements/item-menu.js';
import { askMeasure } from '../elements/quantity-dialog.js';
import { KaunterState } from '../elements/state.js';
import { itemPicture } from '../models/item-pictures.js';
import { notices, sale, scans, shelf } from '../models/till.js';

/** @import { CategoryView, ItemView } from '../types/ipc.js' */

/** So long a finger rests on a tile to open its menu. */
const HOLD_MS = 550;
/** What a person types by hand has a blank or no digits; what looks like this is looked up as a scan where nothing is shown. */
const LOOKS_SCANNED = /^(?=.*\d)[!-~]{3,}$/;

export class ItemShelf {
  #root;
  /** @type {HTMLInputElement} */
  #search;
  /** @type {HTMLElement} */
  #tiles;
  #said = '';

  /** @param {HTMLElement} root @param {AbortSignal} life */
  constructor(root, life) {
    this.#root = root;
    this.#search = find(root, '[data-search]', HTMLInputElement);
    this.#tiles = find(root, '[data-items]', HTMLElement);
    this.#search.addEventListener('input', () => shelf.search(this.#search.value.trim()), { signal: life });
    this.#search.addEventListener('keydown', (event) => this.#keyInSearch(event), { signal: life });
    this.#tiles.addEventListener('keydown', (event) => this.#keyOnTiles(event), { signal: life });
    find(root, '[data-more]', HTMLElement).addEventListener('click', () => this.#more(), { signal: life });
    shelf.watch(() => this.draw(), life);
    // What was typed before belongs to an earlier customer; the heading stays.
    shelf.text = '';
    // What is there stays while its news is on the way.
    if (shelf.loaded) shelf.refresh();
    else this.#state.load(() => shelf.load(), () => {});
  }

  get #state() {
    return find(this.#root, '[data-state]', KaunterState);
  }

  draw() {
    const { categories, items, loaded, isEmpty } = shelf;
    this.#root.querySelector('main')?.toggleAttribute('data-no-items', isEmpty);
    const chips = find(this.#root, '[data-categories]', HTMLElement);
    chips.hidden = categories.length < 2;
    const all = /** @type {CategoryView} */ ({ name: '', items: 0 });
    keyed(chips, [all, ...categories], (one, index) => `c:${index === 0 ? '' : `=${one.name}`}`, (one) => this.#chip(one === all ? null : one.name), (chip, one) => {
      chip.setAttribute('aria-pressed', String((one === all ? null : one.name) === shelf.category));
    });
    keyed(this.#tiles, items, keyOf, (item) => this.#tile(item), (tile, _item, index) => tile.toggleAttribute('data-first', index === 0 && shelf.answered !== ''));
    this.#tiles.hidden = items.length === 0;
    const none = loaded && !isEmpty && items.length === 0;
    find(this.#root, '[data-none]', HTMLElement).hidden = !none;
    find(this.#root, '[data-none-words]', HTMLElement).textContent = shelf.answered === '' ? t('shelf.none_here') : t('shelf.none_found', { text: shelf.answered });
    // A search may have brought what the first question could not.
    if (loaded && !this.#state.hidden) this.#state.clear();
    const more = find(this.#root, '[data-more]', HTMLElement);
    more.hidden = !loaded || shelf.found <= items.length;
    more.textContent = shelf.tooMany ? t('shelf.more_than', { count: items.length }) : t('shelf.more', { count: items.length, all: shelf.found });
    this.#say();
  }

  /** How many a search has found, once for each search. */
  #say() {
    const { answered, found, tooMany, items } = shelf;
    const said = answered === '' ? '' : `${answered} ${found}`;
    if (said === this.#said || answered !== this.#search.value.trim()) return;
    this.#said = said;
    const [first] = items;
    if (answered === '') return;
    if (!first) tell(t('shelf.none_found', { text: answered }));
    else tell(t(tooMany ? 'shelf.found_many' : 'shelf.found', { count: found, name: first.name }));
  }

  async #more() {
    const before = shelf.items.length;
    await shelf.more();
    const next = this.#tiles.children[before];
    if (next instanceof HTMLElement) next.focus();
  }

  /** @param {KeyboardEvent} event */
  #keyInSearch(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!event.repeat) this.#enter(this.#search.value.trim());
    } else if (event.key === 'ArrowDown') {
      const first = this.#tiles.firstElementChild;
      if (!(first instanceof HTMLElement)) return;
      event.preventDefault();
      first.focus();
    }
  }

  /** Enter in the search adds what is shown first: the item of that code or barcode, else the first of what was found. @param {string} text */
  async #enter(text) {
    if (text === '') return;
    /** @type {ItemView | null} */
    let item = null;
    await notices.attempt(async () => {
      // Searched for by now, whatever the last key was.
      await shelf.search(text);
      item = shelf.items[0] ?? null;
      if (item !== null || !LOOKS_SCANNED.test(text)) return;
      // Under another heading than the chosen one it is the item of that code all the same.
      const scan = await sale.scan(text);
      if (scan.outcome === 'sold_out' || scan.outcome === 'measured') item = scan.item;
      if (scan.outcome !== 'added') return;
      tell(t('shelf.added', { name: scan.name }));
      this.#search.select();
    });
    // By itself, so that what it is refused with stands: an attempt that went through clears what was said.
    if (item) await this.#add(item);
  }

  /** @param {ItemView} item */
  async #add(item) {
    const added = item.unit === 'each' || item.soldOut ? await sale.addItem(item.id) : await askMeasure(item);
    if (added) {
      tell(t('shelf.added', { name: item.name }));
      // What is said of an earlier scan is over.
      scans.clear();
    }
    if (document.activeElement === this.#search) this.#search.select();
  }

  /** Arrows go from tile to tile as they stand, and up from the first row back to the search. @param {KeyboardEvent} event */
  #keyOnTiles(event) {
    const tiles = /** @type {HTMLElement[]} */ ([...this.#tiles.children]);
    const here = tiles.findIndex((tile) => tile === document.activeElement);
    const next = here < 0 ? undefined : this.#next(event.key, tiles, here);
    if (next === undefined) return;
    event.preventDefault();
    if (next === null) {
      this.#search.focus();
      this.#search.select();
    } else {
      tiles[next]?.focus();
    }
  }

  /**
   * @param {string} key
   * @param {HTMLElement[]} tiles
   * @param {number} here
   * @returns {number | null | undefined} where to; null for the search, undefined for nowhere
   */
  #next(key, tiles, here) {
    const top = tiles[0]?.offsetTop;
    const below = tiles.findIndex((tile) => tile.offsetTop !== top);
    const across = below < 0 ? tiles.length : below;
    switch (key) {
      case 'ArrowRight':
        return Math.min(here + 1, tiles.length - 1);
      case 'ArrowLeft':
        return Math.max(here - 1, 0);
      case 'ArrowDown':
        return Math.min(here + across, tiles.length - 1);
      case 'ArrowUp':
        return here < across ? null : here - across;
      case 'Home':
        return 0;
      case 'End':
        return tiles.length - 1;
      default:
        return undefined;
    }
  }

  /** @param {string | null} name */
  #chip(name) {
    const words = name === null ? t('sell.all') : name || t('shelf.no_category');
    return el('button', { type: 'button', onclick: () => shelf.choose(name) }, words);
  }

  /** @param {ItemView} item */
  #tile(item) {
    const price = priceFor(grouped(item.price), item.unit);
    const tile = el(
      'button',
      { type: 'button', class: 'item-tile', 'data-sold-out': item.soldOut, onclick: () => this.#add(item) },
      // The blank is for readers, who hear name and price as one name.
      el('b', {}, item.name), ' ',
      el('span', { class: 'tile-foot' },
        item.soldOut ? el('span', { class: 'sold-out' }, icon('none'), t('shelf.sold_out')) : el('span', { class: 'money' }, price),
        itemPicture(item)),
    );
    holdable(tile, () => openItemMenu(item));
    return tile;
  }
}

/** Made anew when anything of it has changed: its menu's editor sends all of it back, seen or not. @param {ItemView} item */
const keyOf = (item) => JSON.stringify(item);

/**
 * Opens a menu on a long touch, the second mouse button, or the keyboard's menu key.
 * @param {HTMLElement} tile
 * @param {() => void} open
 */
function holdable(tile, open) {
  let timer = 0;
  let held = false;
  const stop = () => clearTimeout(timer);
  tile.addEventListener('pointerdown', (event) => {
    held = false;
    if (event.pointerType === 'mouse') return;
    timer = setTimeout(() => {
      held = true;
      open();
    }, HOLD_MS);
  });
  for (const type of /** @type {const} */ (['pointerup', 'pointercancel', 'pointerleave', 'pointermove'])) {
    tile.addEventListener(type, (event) => {
      // A resting finger trembles; one that moves on scrolls.
      if (type !== 'pointermove' || Math.abs(event.movementX) + Math.abs(event.movementY) > 6) stop();
    });
  }
  tile.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    stop();
    if (!held) open();
  });
  // The touch that opened the menu sells nothing when it ends.
  tile.addEventListener('click', (event) => {
    if (!held) return;
    held = false;
    event.stopImmediatePropagation();
  }, { capture: true });
}
