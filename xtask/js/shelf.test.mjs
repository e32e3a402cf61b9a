// The shelf on Sell where the first question fails: whoever asked is told, and a search asks for all of it once more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { Notices } = await page('models/notices.js');
const { Shelf } = await page('models/shelf.js');

test('a shelf that could not be had says so, and is asked for whole by the next search', async () => {
  let up = false;
  const asked = [];
  globalThis.window = {
    __TAURI__: {
      core: {
        invoke: async (name) => {
          asked.push(name);
          if (!up) throw { code: 'store_busy', message: '', retryable: true, waitSeconds: null };
          return name === 'item_categories' ? [{ name: 'Drinks', items: 1 }] : { items: [{ id: 1 }], found: 1, tooMany: false, exact: false };
        },
      },
    },
  };
  const notices = new Notices();
  const shelf = new Shelf(notices);
  await assert.rejects(shelf.load(), ({ error }) => error.code === 'store_busy');
  assert.deepEqual([shelf.loaded, notices.error], [false, null], 'said where the items would stand');
  up = true;
  await shelf.search('m');
  assert.deepEqual(asked, ['item_categories', 'item_categories', 'find_items']);
  assert.deepEqual([shelf.loaded, shelf.isEmpty, shelf.items.length], [true, false, 1]);
  await shelf.search('mi');
  assert.equal(asked.length, 4, 'from then on the items alone');
});
