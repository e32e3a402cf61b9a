// The Enter that took the money, pressed twice, does not wipe away the change; one that was meant for the next sale begins it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { ReadFirst } = await page('lib/read-first.js');

const enter = (timeStamp, repeat = false) => ({ timeStamp, repeat });

test('an Enter of the same moment is not heard, and one a second later is', () => {
  let now = 5_000;
  const first = new ReadFirst(() => now);
  first.begin();
  assert.equal(first.allows(enter(5_180)), false, 'pressed twice');
  assert.equal(first.allows(enter(4_990)), false, 'pressed before it stood there, and heard late');
  assert.equal(first.isOver, false);
  now = 6_000;
  assert.equal(first.isOver, true);
  assert.equal(first.allows(enter(6_000)), true);
});

test('a key that is held does not go on however long it is held', () => {
  const first = new ReadFirst(() => 0);
  first.begin();
  assert.equal(first.allows(enter(9_000, true)), false);
});

test('where nothing has to be handed over, Enter goes on at once', () => {
  const first = new ReadFirst(() => 100);
  assert.equal(first.allows(enter(101)), true);
  first.begin();
  first.clear();
  assert.equal(first.allows(enter(102)), true);
  assert.equal(first.isOver, true);
});
