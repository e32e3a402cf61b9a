// What the customer's display shows when, without a window and without waiting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { CustomerShow } = await page('models/customer.js');
const { sumsOf, verdictOf } = await page('lib/customer.js');

const lines = [{ id: 1, name: 'Laksa' }];
const view = (stage, more = {}) => ({ stage, lines: stage === 'idle' ? [] : lines, amount: null, due: null, change: null, begun: null, since: null, currency: 'MYR', theme: 'light', language: 'en', storeName: 'Warung', ...more });
const clock = (at) => new Date(at).toISOString();
/** The verdict on a payment that was begun, and judged, then. */
const verdict = (stage, at, more = {}) => view(stage, { amount: '10.50', begun: clock(at), since: clock(at), ...more });
const approved = verdict('approved', 0);

/** The scenes of a display that is told these views at these times. */
function shown(told, ...times) {
  const show = new CustomerShow();
  const events = [...told.map(([at, what]) => ({ at, what })), ...times.map((at) => ({ at }))].sort((one, other) => one.at - other.at);
  const scenes = [];
  for (const { at, what } of events) {
    if (what) show.take(what, at);
    else scenes.push(show.at(at)?.scene ?? null);
  }
  return scenes;
}

test('before anything was told there is nothing to show', () => {
  assert.deepEqual(shown([], 0), [null]);
});

test('a verdict gives way to thanks, and thanks to the shop’s name', () => {
  assert.deepEqual(shown([[0, approved]], 100, 7_000, 20_000), ['approved', 'thanks', 'idle']);
});

test('a cashier who goes on at once does not cut the verdict short', () => {
  const told = [[0, approved], [500, view('idle')]];
  assert.deepEqual(shown(told, 600, 7_000, 20_000), ['approved', 'thanks', 'idle']);
});

test('the next customer’s ticket does not wait for the thanks to the one before', () => {
  const told = [[0, approved], [500, view('idle')], [900, view('ticket')]];
  assert.deepEqual(shown(told, 1_000, 7_000), ['ticket', 'ticket']);
});

test('after a decline the ticket comes back, and a second decline is shown as long as the first', () => {
  const told = [[0, verdict('declined', 0)], [20_000, view('tap', { amount: '10.50' })], [21_000, verdict('declined', 20_000)]];
  assert.deepEqual(shown(told, 100, 15_000, 20_500, 22_000), ['declined', 'ticket', 'tap', 'declined']);
});

test('what is not known stays until it is', () => {
  const told = [[0, view('checking', { amount: '7.00' })], [500_000, verdict('approved', 499_000)]];
  assert.deepEqual(shown(told, 100, 400_000, 500_100), ['checking', 'checking', 'approved']);
});

test('a setting that changes meanwhile begins nothing anew and is followed at once', () => {
  const show = new CustomerShow();
  show.take(approved, 0);
  show.take(view('idle'), 1_000);
  show.take(view('idle', { language: 'ms' }), 2_000);
  const now = show.at(2_100);
  assert.deepEqual([now.scene, now.view.language, now.view.amount, now.until], ['approved', 'ms', '10.50', 6_000]);
});

test('a decline of a sale that is given up is not shown to the next customer', () => {
  const told = [[0, verdict('declined', 0)], [500, view('idle')]];
  assert.deepEqual(shown(told, 600), ['idle']);
});

test('change stays while it is counted, and a part that was paid leads back to what is due', () => {
  const change = { change: '9.50' };
  assert.deepEqual(shown([[0, verdict('paid', 0, change)]], 15_000, 22_000), ['paid', 'thanks']);
  assert.deepEqual(shown([[0, verdict('approved', 0, { due: '5.50' })]], 100, 7_000), ['approved', 'ticket']);
  assert.deepEqual(shown([[0, verdict('paid', 0, { ...change, due: '5.50' })]], 100, 15_000, 22_000), ['paid', 'paid', 'ticket']);
});

test('the next customer of the same amount reads their own change, and none where there is none', () => {
  const show = new CustomerShow();
  const words = (now) => {
    const { scene, view: seen } = show.at(now);
    return verdictOf(scene, seen)?.change;
  };
  show.take(verdict('paid', 0, { change: '39.50' }), 0);
  assert.match(words(100), /RM 39\.50/);
  show.take(view('ticket'), 2_000);
  assert.equal(words(2_100), undefined, 'a ticket is no verdict');
  show.take(verdict('paid', 4_000, { change: '9.50' }), 4_000);
  assert.match(words(4_100), /RM 9\.50/);
  // Told of one right after the other: the second has its time from the beginning.
  show.take(verdict('paid', 8_000), 8_000);
  assert.equal(words(8_100), '');
  assert.equal(show.at(8_100).until, 14_000);
});

test('after a no, whatever is rung up shows the ticket, and the no is not told again', () => {
  const no = verdict('declined', 0);
  const grown = { ...no, lines: [...lines, { id: 2, name: 'Teh tarik' }] };
  assert.deepEqual(shown([[0, no], [2_000, grown]], 1_000, 2_100), ['declined', 'ticket']);
  assert.deepEqual(shown([[0, no], [60_000, grown]], 61_000), ['ticket']);
  const cheaper = { ...verdict('not_charged', 0), total: '9.00' };
  assert.deepEqual(shown([[0, verdict('not_charged', 0)], [2_000, cheaper]], 1_000, 2_100), ['not_charged', 'ticket']);
});

test('a verdict that was left is not told again: not after a part that is taken back, nor of a ticket that is recalled', () => {
  const no = verdict('declined', 0);
  const part = verdict('paid', 1_000, { due: '5.50' });
  assert.deepEqual(shown([[0, no], [1_000, part], [2_000, no]], 500, 1_500, 2_100), ['declined', 'paid', 'ticket']);
  assert.deepEqual(shown([[0, no], [1_000, view('idle')], [2_000, no]], 500, 1_500, 2_100), ['declined', 'idle', 'ticket']);
});

test('a part that is voided leads to what is due, and the whole sale to the shop’s name', () => {
  assert.deepEqual(shown([[0, verdict('returned', 0, { due: '5.50' })]], 100, 7_000), ['returned', 'ticket']);
  assert.deepEqual(shown([[0, verdict('returned', 0)]], 100, 7_000), ['returned', 'idle']);
});

test('whoever comes after a lock, a restart or a display that was opened again sees nothing of the sale before', () => {
  const minute = 60_000;
  const rests = { approved: 'idle', paid: 'idle', returned: 'idle', declined: 'ticket', not_charged: 'ticket' };
  for (const [stage, rest] of Object.entries(rests)) {
    const old = verdict(stage, 0, { change: stage === 'paid' ? '9.50' : null });
    assert.deepEqual(shown([[minute, old]], minute + 100), [rest], stage);
    assert.deepEqual(shown([[0, old], [minute, view('idle')], [2 * minute, old]], 2 * minute + 100), [rest], stage);
  }
  assert.deepEqual(shown([[minute, verdict('paid', 0, { due: '5.50' })]], minute + 100), ['ticket']);
});

test('a lock in the middle of a verdict neither ends it nor begins it anew, and shows no ticket', () => {
  assert.deepEqual(shown([[0, approved], [1_000, view('idle')], [4_000, approved]], 2_000, 5_000, 7_000), ['approved', 'approved', 'thanks']);
  const part = verdict('approved', 0, { due: '5.50' });
  assert.deepEqual(shown([[0, part], [1_000, view('idle')]], 2_000, 7_000), ['approved', 'idle']);
});

test('a verdict that was waited for has its time, however long it took to be saved', () => {
  const told = [[0, view('checking', { amount: '10.50' })], [50_000, verdict('approved', 0)]];
  assert.deepEqual(shown(told, 100, 51_000, 57_000), ['checking', 'approved', 'thanks']);
});

test('thanks name no figures any more', () => {
  assert.deepEqual([verdictOf('thanks', view('paid', { amount: '10.50', change: '1.00' }))].map(({ amount, change }) => [amount, change]), [['', '']]);
});

test('a tax that has no name of its own is called a tax', () => {
  const sums = { ...view('ticket'), taxes: [{ name: '', rate: '6', tax: '0.60' }, { name: 'SST', rate: '8', tax: '0.80' }], included: true, off: null, paid: null, total: '20.00' };
  assert.deepEqual(sumsOf(sums).map(([name]) => name), ['Tax 6%, in the prices', 'SST 8%, in the prices']);
});
