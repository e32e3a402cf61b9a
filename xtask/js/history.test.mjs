// News of a payment keeps the older pages of the history that somebody has asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { withOlder } = await page('lib/history.js');

const paid = (reference, state = 'approved') => ({ payment: { reference, state, paidWith: 'Visa', receipt: '1' } });
const cash = (reference) => ({ tender: { reference, undone: false } });
const names = ({ rows }) => rows.map((entry) => (entry.tender ?? entry.payment).reference).join('');
const nothing = () => null;
const shown = { rows: ['d', 'c', 'b', 'a'].map((name) => paid(name)), next: 'after-a' };

test('a new payment stands on top, and the older pages stay under it', () => {
  const now = withOlder({ rows: [paid('e'), paid('d')], next: 'after-d' }, shown, nothing);
  assert.deepEqual([names(now), now.next], ['edcba', 'after-a']);
});

test('what was taken without the gateway is met as well, and nothing stands there twice', () => {
  const before = { rows: [cash('d'), paid('c'), cash('b')], next: null };
  const now = withOlder({ rows: [paid('e'), cash('d')], next: 'after-d' }, before, nothing);
  assert.deepEqual([names(now), now.next], ['edcb', null]);
});

test('an older payment reads as it was heard of last', () => {
  const now = withOlder({ rows: [paid('d'), paid('c')], next: 'after-c' }, shown, (reference) => (reference === 'a' ? { state: 'voided', paidWith: 'Visa •• 1', receipt: '7' } : null));
  assert.deepEqual(now.rows.at(-1), { payment: { reference: 'a', state: 'voided', paidWith: 'Visa •• 1', receipt: '7' } });
});

test('where the pages do not meet, or there is no more, the newest page stands alone', () => {
  for (const newest of [{ rows: [paid('z'), paid('y')], next: 'after-y' }, { rows: [paid('d')], next: null }, { rows: [], next: null }]) {
    assert.deepEqual(withOlder(newest, shown, nothing), newest);
  }
  const first = { rows: [paid('d'), paid('c')], next: 'after-c' };
  assert.deepEqual(withOlder(first, { rows: first.rows, next: first.next }, nothing), first, 'one page was all that was asked for');
});
