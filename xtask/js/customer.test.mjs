// What the customer's display shows when, without a window and without waiting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { CustomerShow } = await page('models/customer.js');
const { verdictOf } = await page('lib/customer.js');

const lines = [{ id: 1, name: 'Laksa' }];
const view = (stage, more = {}) => ({ stage, lines: stage === 'idle' ? [] : lines, amount: null, due: null, change: null, currency: 'MYR', theme: 'light', language: 'en', storeName: 'Warung', ...more });
const approved = view('approved', { amount: '10.50' });

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
  const declined = view('declined', { amount: '10.50' });
  const told = [[0, declined], [20_000, view('tap', { amount: '10.50' })], [21_000, declined]];
  assert.deepEqual(shown(told, 100, 15_000, 20_500, 22_000), ['declined', 'ticket', 'tap', 'declined']);
});

test('what is not known stays until it is', () => {
  const told = [[0, view('checking', { amount: '7.00' })], [500_000, approved]];
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
  const told = [[0, view('declined', { amount: '1.00' })], [500, view('idle')]];
  assert.deepEqual(shown(told, 600), ['idle']);
});

test('change stays while it is counted, and a part that was paid leads back to what is due', () => {
  const paid = view('paid', { amount: '10.50', change: '9.50' });
  assert.deepEqual(shown([[0, paid]], 15_000, 22_000), ['paid', 'thanks']);
  assert.deepEqual(shown([[0, view('approved', { amount: '5.00', due: '5.50' })]], 100, 7_000), ['approved', 'ticket']);
});

test('the next customer of the same amount reads their own change, and none where there is none', () => {
  const show = new CustomerShow();
  const words = (now) => {
    const { scene, view: seen } = show.at(now);
    return verdictOf(scene, seen)?.change;
  };
  show.take(view('paid', { amount: '10.50', change: '39.50' }), 0);
  assert.match(words(100), /RM 39\.50/);
  show.take(view('ticket'), 2_000);
  assert.equal(words(2_100), undefined, 'a ticket is no verdict');
  show.take(view('paid', { amount: '10.50', change: '9.50' }), 4_000);
  assert.match(words(4_100), /RM 9\.50/);
  // Told of one right after the other: the second has its time from the beginning.
  show.take(view('paid', { amount: '10.50' }), 8_000);
  assert.equal(words(8_100), '');
  assert.equal(show.at(8_100).until, 14_000);
});

test('thanks name no figures any more', () => {
  assert.deepEqual([verdictOf('thanks', view('paid', { amount: '10.50', change: '1.00' }))].map(({ amount, change }) => [amount, change]), [['', '']]);
});
