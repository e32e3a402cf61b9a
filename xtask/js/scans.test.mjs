// What becomes of a scan: each on the ticket in its order, whatever the shell takes for it; refused with words and a sound
// where the ticket takes nothing; and never lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { Scans } = await page('models/scans.js');
const { Sale } = await page('models/sale.js');
const { Checkout } = await page('models/checkout.js');
const { Payments } = await page('models/payments.js');
const { Tenders } = await page('models/tenders.js');
const { joined } = await page('lib/single.js');
const { Watchable } = await page('models/watchable.js');

const ticketOf = (...names) => ({ number: 1, lines: names.map((name, at) => ({ id: at + 1, name, quantity: 1, price: '1.00', total: '1.00' })), extras: {}, total: '0.00', currency: 'MYR', frozen: false });

/** A counter whose shell answers when the test says so, with a stage of its own or the one given. */
function counter(answers = {}, stage = null) {
  const asked = [];
  const waiting = [];
  globalThis.window = {
    __TAURI__: {
      core: {
        invoke: (name, args) => {
          // A new ticket's number makes the page count the parked ones, beside the scans.
          if (name === 'parked_tickets') return Promise.resolve([]);
          asked.push([name, args.code ?? args.reference]);
          if (answers[name]) return answers[name](args);
          return new Promise((done, failed) => waiting.push({ done, failed }));
        },
      },
    },
  };
  const notices = { shown: [], show: (thrown) => notices.shown.push(thrown.error?.code ?? String(thrown)), attempt: async (run) => run(), quietly: async (run) => run(), clear: () => {} };
  const sale = new Sale(notices);
  const session = { view: { session: { id: 1, role: 'cashier' } } };
  class Stage extends Watchable {
    current = null;
    opening = null;
    taken = null;
    get isOpen() {
      return Boolean(this.current ?? this.opening ?? this.taken);
    }
  }
  const checkout = stage?.(notices, sale) ?? Object.assign(new Stage(), {
    newSale: joined(async () => {
      await null;
      Object.assign(checkout, { current: null, taken: null });
    }),
  });
  const sounds = [];
  const told = [];
  const scans = new Scans({ sale, checkout, session, notices, play: (name) => sounds.push(name), added: (name) => told.push(name) });
  return { told, asked, waiting, notices, sale, session, checkout, sounds, scans };
}

const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await null;
};

test('scans come on the ticket in the order in which they were made, one after the other', async () => {
  const { asked, waiting, scans, sale, sounds } = counter();
  const all = ['A-1', 'B-2', 'C-3'].map((code) => scans.hear(code));
  await turns();
  assert.deepEqual(asked, [['scan', 'A-1']], 'the second waits for the first');
  for (const names of [['A'], ['A', 'B'], ['A', 'B', 'C']]) {
    waiting.shift().done({ outcome: 'added', name: names.at(-1), ticket: ticketOf(...names) });
    await turns();
  }
  await Promise.all(all);
  assert.deepEqual(asked.map(([, code]) => code), ['A-1', 'B-2', 'C-3']);
  assert.equal(sale.ticket.lines.length, 3);
  assert.deepEqual(sounds, ['scanned', 'scanned', 'scanned']);
  assert.equal(scans.note, null, 'the ticket says it');
});

test('a scan that fails does not hold the next one up, and is told of', async () => {
  const { waiting, scans, notices, sounds, sale } = counter();
  const all = [scans.hear('A-1'), scans.hear('B-2')];
  await turns();
  waiting.shift().failed({ code: 'store_busy', message: '', retryable: true });
  await turns();
  waiting.shift().done({ outcome: 'added', name: 'B', ticket: ticketOf('B') });
  await Promise.all(all);
  assert.deepEqual(notices.shown, ['store_busy']);
  assert.deepEqual(sounds, ['notScanned', 'scanned']);
  assert.equal(sale.ticket.lines.length, 1);
});

test('what is not found, sold out, or added where the ticket is not seen is said', async () => {
  const outcomes = { 'A-1': ['not_found', ''], 'B-2': ['sold_out', 'Laksa'], 'C-3': ['added', 'Milo'] };
  const { scans, sounds } = counter({ scan: async ({ code }) => ({ outcome: outcomes[code][0], name: outcomes[code][1], ticket: ticketOf() }) });
  scans.seesTicket = () => false;
  const notes = [];
  for (const code of Object.keys(outcomes)) {
    await scans.hear(code);
    notes.push(scans.note);
  }
  assert.deepEqual(notes, [
    { kind: 'missing', code: 'A-1', name: '' },
    { kind: 'soldOut', code: 'B-2', name: 'Laksa' },
    { kind: 'added', code: 'C-3', name: 'Milo' },
  ]);
  assert.deepEqual(sounds, ['notScanned', 'notScanned', 'scanned']);
});

test('what a scan put on the ticket in sight is told to those who hear the page; a line that says it is not told twice', async () => {
  const { scans, told } = counter({ scan: async ({ code }) => ({ outcome: code === 'A-1' ? 'added' : 'not_found', name: 'Milo', ticket: ticketOf('Milo') }) });
  await scans.hear('A-1');
  await scans.hear('B-2');
  assert.deepEqual(told, ['Milo']);
  scans.seesTicket = () => false;
  await scans.hear('A-1');
  assert.deepEqual([told, scans.note?.kind], [['Milo'], 'added']);
});

test('while a payment is open, or its ticket frozen, nothing is asked of the shell', async () => {
  const open = { reference: 'R', saved: true, conflict: false, actions: ['check_status', 'set_aside'] };
  const unsaved = { ...open, saved: false, actions: ['new_sale'] };
  const declined = { ...open, actions: ['charge_again', 'new_sale'] };
  for (const stand of [{ opening: {} }, { taken: { standing: { progress: 'partly' } } }, { current: open }, { current: unsaved }, { current: declined }]) {
    const { asked, scans, checkout, sounds } = counter();
    Object.assign(checkout, stand);
    await scans.hear('A-1');
    assert.deepEqual(asked, []);
    assert.deepEqual(scans.note, { kind: 'payment', code: 'A-1', name: '' });
    assert.deepEqual(sounds, ['notScanned']);
  }
  const { asked, scans, sale } = counter();
  sale.ticket = { ...ticketOf('A'), frozen: true };
  await scans.hear('A-1');
  assert.deepEqual(asked, []);
});

test('after an approval the next customer’s item begins the next sale', async () => {
  const { asked, scans, checkout } = counter({ scan: async () => ({ outcome: 'added', name: 'A', ticket: ticketOf('A') }) });
  checkout.current = { reference: 'R', saved: true, conflict: false, actions: ['new_sale', 'void', 'reprint'] };
  await Promise.all([scans.hear('A-1'), scans.hear('B-2')]);
  assert.deepEqual(asked.map(([name]) => name), ['scan', 'scan']);
  assert.equal(checkout.current, null);
});

test('a scan that comes while the next sale is being begun waits for it, and is on its ticket', async () => {
  const { asked, waiting, scans, checkout, sounds } = counter({ scan: async () => ({ outcome: 'added', name: 'A', ticket: ticketOf('A') }) }, (notices, sale) => {
    const payments = new Payments();
    return new Checkout(notices, payments, sale, new Tenders(notices, payments, sale));
  });
  checkout.current = { reference: 'R', saved: true, conflict: false, actions: ['new_sale'] };
  // Enter, and the scanner before the shell has answered.
  const began = checkout.newSale();
  const heard = [scans.hear('A-1'), scans.hear('B-2')];
  await turns();
  assert.deepEqual(asked.map(([name]) => name), ['new_sale'], 'one next sale');
  waiting.shift().done({ ...ticketOf(), number: 2 });
  await Promise.all([began, ...heard]);
  assert.deepEqual(asked, [['new_sale', undefined], ['scan', 'A-1'], ['scan', 'B-2']]);
  assert.deepEqual([scans.note, sounds], [null, ['scanned', 'scanned']]);
});

test('after cash that paid the whole, too', async () => {
  const { asked, scans, checkout } = counter({ scan: async () => ({ outcome: 'added', name: 'A', ticket: ticketOf('A') }) });
  checkout.taken = { standing: { progress: 'paid' } };
  await scans.hear('A-1');
  assert.deepEqual(asked.map(([name]) => name), ['scan']);
});

test('a receipt’s own code shows its payment, and is an item’s where there is no such payment', async () => {
  const REFERENCE = '01JDABCDEFGHJKMNPQRS';
  const shown = [];
  const found = counter({ payment: async () => ({}) });
  found.scans.showPayment = (reference) => shown.push(reference);
  await found.scans.hear(REFERENCE);
  assert.deepEqual([shown, found.asked.map(([name]) => name)], [[REFERENCE], ['payment']]);
  const other = counter({ payment: async () => Promise.reject({ code: 'unknown_payment', message: '' }), scan: async () => ({ outcome: 'added', name: 'A', ticket: ticketOf('A') }) });
  await other.scans.hear(REFERENCE);
  assert.deepEqual(other.asked.map(([name]) => name), ['payment', 'scan']);
});

test('nobody signed in, or nothing in the code: nothing happens', async () => {
  const { asked, scans, session, sounds } = counter();
  await scans.hear('\u001d \n');
  session.view.session = null;
  await scans.hear('A-1');
  assert.deepEqual([asked, sounds, scans.note], [[], [], null]);
});
