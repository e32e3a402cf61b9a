// Why something was refused stays to be read: no question that the page asks by itself, and no action that went through
// beside it, takes the words away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { Notices } = await page('models/notices.js');
const { Payments } = await page('models/payments.js');
const { Prints } = await page('models/prints.js');
const { Sale } = await page('models/sale.js');
const { Shelf } = await page('models/shelf.js');
const { Tenders } = await page('models/tenders.js');

const refused = (code) => ({ code, message: '', retryable: true, waitSeconds: null });
const empty = { extras: {}, total: '0.00', currency: 'MYR', frozen: true };

/** A shell that has an answer to everything. */
function shell(answers) {
  globalThis.window = { __TAURI__: { core: { invoke: async (name, args) => answers[name]?.(args) } } };
}

const turns = async () => {
  for (let turn = 0; turn < 30; turn += 1) await null;
};

test('an action that goes through takes away what was said before it', async () => {
  const notices = new Notices();
  notices.show(refused('ticket_empty'));
  assert.equal(await notices.attempt(async () => {}), true);
  assert.equal(notices.error, null);
});

test('what is refused within an action, or beside it, stays when the action itself went through', async () => {
  const notices = new Notices();
  await notices.attempt(() => notices.attempt(async () => Promise.reject(refused('terminal_held'))));
  assert.equal(notices.error?.code, 'terminal_held');
  let done;
  const slow = notices.attempt(() => new Promise((end) => (done = end)));
  notices.show(refused('more_than_due'));
  done();
  await slow;
  assert.equal(notices.error?.code, 'more_than_due');
});

test('a question that nobody asked shows its failure and takes nothing away', async () => {
  const notices = new Notices();
  notices.show(refused('terminal_held'));
  assert.equal(await notices.quietly(async () => {}), true);
  assert.equal(notices.error?.code, 'terminal_held');
  assert.equal(await notices.quietly(async () => Promise.reject(refused('store_busy'))), false);
  assert.equal(notices.error?.code, 'store_busy');
});

test('nothing that the page asks by itself takes a refusal away', async () => {
  shell({
    item_categories: () => [],
    find_items: () => ({ items: [], found: 0, tooMany: false, exact: false }),
    parked_tickets: () => [],
    standing: () => ({ ticket: 2, progress: 'partly', due: '1.00', legs: [] }),
    print_settings: () => ({ form: { kind: 'none', when: 'ask' } }),
    last_print: () => null,
    ticket: () => ({ number: 3, lines: [], ...empty }),
  });
  const notices = new Notices();
  const payments = new Payments();
  const sale = new Sale(notices);
  const tenders = new Tenders(notices, payments, sale);
  const questions = {
    shelf: () => new Shelf(notices).refresh(),
    parked: () => sale.take({ number: 2, lines: [], ...empty }),
    standing: () => tenders.refresh(),
    receipt: () => new Prints(notices, payments).look('R'),
    ticket: () => sale.afterRefusal(),
  };
  for (const [name, ask] of Object.entries(questions)) {
    notices.show(refused('terminal_held'));
    await ask();
    await turns();
    assert.equal(notices.error?.code, 'terminal_held', name);
  }
});
