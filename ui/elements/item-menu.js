//! What can be done with an item beside selling it: say that nothing of it is left, or that there is some again; a manager can
//! edit it.
// @ts-check
import { tell } from '../lib/announce.js';
import { el } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { priceFor } from '../lib/units.js';
import { itemPicture } from '../models/item-pictures.js';
import { notices, scans, session, shelf } from '../models/till.js';
import { editItem } from './item-editor.js';

/** @import { ItemView } from '../types/ipc.js' */

/** @param {ItemView} item */
export async function openItemMenu(item) {
  if (document.querySelector('dialog[open]')) return;
  const dialog = el('dialog', { class: 'sheet-dialog item-menu', 'aria-labelledby': 'item-menu-title' });
  const turn = single(async () => {
    await notices.attempt(async () => {
      const now = await call('set_sold_out', { id: item.id, soldOut: !item.soldOut });
      shelf.take(now);
      scans.clear();
      tell(t(now.soldOut ? 'item.now_sold_out' : 'item.now_available', { name: now.name }));
    });
    dialog.close();
  });
  dialog.append(
    el('div', { class: 'item-menu-head' },
      itemPicture(item),
      el('div', {},
        el('h2', { id: 'item-menu-title' }, item.name),
        el('p', { class: 'soft' }, [priceFor(money(item.price, session.view.currency), item.unit), item.category, item.code].filter(Boolean).join(' · ')))),
    item.soldOut ? el('p', { class: 'soft' }, t('item.is_sold_out')) : el('p', { class: 'soft' }, t('item.sold_out_hint')),
    el('div', { class: 'actions end' },
      session.isManager ? el('button', { type: 'button', class: 'start', onclick: () => dialog.close('edit') }, t('items.edit')) : null,
      el('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')),
      el('button', { type: 'button', class: 'main', autofocus: true, onclick: () => turn() }, t(item.soldOut ? 'item.available' : 'item.mark_sold_out'))),
  );
  if ((await openDialog(dialog)) === 'edit' && (await editItem(item))) await shelf.refresh();
}
