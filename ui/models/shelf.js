//! What stands on the shelf on Sell: the items that were asked for, some at a time, and the headings they stand under. A till
//! has up to 50,000 items; the page holds only those that it shows.
// @ts-check
import { call } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/**
 * @import { CategoryView, ItemView } from '../types/ipc.js'
 * @import { Notices } from './notices.js'
 */

/** How many items are asked for at once: a screenful and a half of the largest window. */
const AT_ONCE = 80;

export class Shelf extends Watchable {
  /** What is looked for, as typed. */
  text = '';
  /** The heading that is chosen; null for all. @type {string | null} */
  category = null;
  /** @type {ItemView[]} */
  items = [];
  /** How many there are. */
  found = 0;
  tooMany = false;
  /** @type {CategoryView[]} */
  categories = [];
  /** Whether the shell has said anything yet. */
  loaded = false;
  /** What the items shown were asked for. */
  answered = '';
  #notices;
  /** Whether something else was asked for since the question that is on its way. */
  #again = false;
  /** @type {Promise<void> | null} */
  #asking = null;

  /** @param {Notices} notices */
  constructor(notices) {
    super();
    this.#notices = notices;
  }

  get isEmpty() {
    return this.loaded && this.categories.length === 0;
  }

  /** Asks for everything: the headings, and what stands under the chosen one. */
  async load() {
    this.categories = await call('item_categories', {});
    if (!this.categories.some(({ name }) => name === this.category)) this.category = null;
    await this.#ask();
  }

  /** Asks for everything anew, as after a change of the items. */
  refresh() {
    return this.#notices.quietly(() => this.load());
  }

  /** Looks for what is typed now; an empty text shows all. @param {string} text */
  search(text) {
    this.text = text;
    // Where the shelf could not be had yet, this asks for all of it once more.
    return this.#notices.attempt(() => (this.loaded ? this.#ask() : this.load()));
  }

  /** @param {string | null} category */
  choose(category) {
    this.category = category;
    this.changed();
    return this.#notices.attempt(() => this.#ask());
  }

  /** Asks for some more of the same. */
  more() {
    return this.#notices.attempt(async () => {
      const { text, category } = this;
      const page = await call('find_items', { query: { text, category, offset: this.items.length, limit: AT_ONCE } });
      if (text !== this.text || category !== this.category) return;
      const known = new Set(this.items.map(({ id }) => id));
      this.items = [...this.items, ...page.items.filter(({ id }) => !known.has(id))];
      this.found = page.items.length === 0 ? this.items.length : page.found;
      this.changed();
    });
  }

  /** An item changed. @param {ItemView} item */
  take(item) {
    this.items = this.items.map((one) => (one.id === item.id ? item : one));
    this.changed();
  }

  /**
   * One question is on its way at a time, and the newest is asked as soon as it is back: no key waits for a timer, fast
   * typing asks no more than the shell answers, and no late answer takes the place of a newer one.
   */
  #ask() {
    if (this.#asking) {
      this.#again = true;
      return this.#asking;
    }
    const asking = this.#run().finally(() => (this.#asking = null));
    this.#asking = asking;
    return asking;
  }

  async #run() {
    do {
      this.#again = false;
      const { text, category } = this;
      const page = await call('find_items', { query: { text, category, offset: 0, limit: AT_ONCE } });
      if (this.#again) continue;
      this.items = page.items;
      this.found = page.found;
      this.tooMany = page.tooMany;
      this.answered = text;
      this.loaded = true;
      this.changed();
    } while (this.#again);
  }
}
