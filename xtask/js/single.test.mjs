// A double tap starts nothing twice, and what runs long keeps nobody from doing something else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { single, singleEach } = await page('lib/single.js');

/** An action that runs until it is let go, and writes down what it was called with. */
function held() {
  const begun = [];
  const ends = [];
  const action = (...args) => {
    begun.push(args.join(' '));
    return new Promise((done, failed) => ends.push({ done, failed }));
  };
  return { begun, ends, action };
}

test('an action is not begun again while it runs, and can be after it has failed', async () => {
  const { begun, ends, action } = held();
  const once = single(action);
  const first = once('a');
  once('b');
  assert.deepEqual(begun, ['a']);
  ends[0].failed(new Error('refused'));
  await assert.rejects(first);
  once('c');
  assert.deepEqual(begun, ['a', 'c']);
});

test('a long question about one payment leaves its other actions and other payments alone', async () => {
  const { begun, ends, action } = held();
  const act = singleEach((payment, does) => `${payment} ${does}`, action);
  const first = act('A', 'check_status');
  act('A', 'check_status');
  act('A', 'decide');
  act('B', 'check_status');
  assert.deepEqual(begun, ['A check_status', 'A decide', 'B check_status']);
  ends[0].done();
  await first;
  act('A', 'check_status');
  act('A', 'decide');
  assert.deepEqual(begun.slice(3), ['A check_status']);
});
