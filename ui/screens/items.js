//! Items: what the shop sells, with price and category.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, fragment, keyed } from '../lib/dom.js';
import { openEditDialog } from '../lib/edit-dialog.js';
import { setValue, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { t } from '../lib/text.js';
import { notices, sale, session } from '../models/till.js';
import { Part } from '../elements/part.js';

/** @import { ItemView } from '../types/ipc.js' */

export class KaunterItems extends Part {
  start() {
    this.replaceChildren(fragment('items'));
    this.find('[data-form]', HTMLElement).remove();
    this.on('[data-add]', 'click', () => this.#edit(null));
    sale.watch(() => this.#draw(), this.life);
    notices.attempt(async () => this.#take(await call('items', {})));
  }

  /** @param {ItemView[]} items */
  #take(items) {
    sale.items = items;
    sale.changed();
  }

  #draw() {
    const { items } = sale;
    keyed(this.find('[data-rows]', HTMLElement), items, (item) => [item.id, item.name, item.price, item.category].join(':'), (item) =>
      el('li', {}, el('button', { type: 'button', class: 'row', onclick: () => this.#edit(item) },
        el('span', { class: 'row-main' }, item.name), el('span', { class: 'soft' }, item.category), el('span', { class: 'money' }, money(item.price, session.view.currency)))),
    );
    this.find('[data-none]', HTMLElement).hidden = items.length > 0 || !sale.loaded;
  }

  /** @param {ItemView | null} item */
  async #edit(item) {
    const dialog = find(fragment('items'), '[data-form]', HTMLDialogElement);
    const form = find(dialog, 'form', HTMLFormElement);
    find(dialog, '[data-title]', HTMLElement).textContent = t(item ? 'items.edit' : 'items.add');
    setValue(form, 'name', item?.name ?? '');
    setValue(form, 'price', item?.price ?? '');
    setValue(form, 'category', item?.category ?? '');
    const categories = [...new Set(sale.items.map((one) => one.category).filter(Boolean))];
    find(dialog, '[data-categories]', HTMLElement).replaceChildren(...categories.map((name) => el('option', { value: name })));
    await openEditDialog(
      dialog,
      async () => {
        const filled = { id: item?.id ?? null, name: value(form, 'name').trim(), price: value(form, 'price').trim(), category: value(form, 'category').trim() };
        this.#take(await call('save_item', { form: filled }));
        tell(t('saved'));
      },
      item && (async () => this.#take(await call('remove_item', { id: item.id }))),
      { amount_empty: t('items.price_wrong'), amount_malformed: t('items.price_wrong') },
    );
  }
}

customElements.define('kaunter-items', KaunterItems);
