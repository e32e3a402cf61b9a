// What the page is told of a print and of the drawer that nobody asked for: it stands at its sale, and above the screen for whoever
// has gone on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { Prints } = await page('models/prints.js');

const shut = { code: 'drawer_shut', message: '', retryable: false };
const off = { code: 'receipt_not_printed', message: '', retryable: false };
const printed = { state: 'printed', trouble: null, copy: 1 };
const failed = { state: 'not_printed', trouble: 'not_reached', copy: 1 };

function heard(news, shown) {
  const notices = { shown: [], show: (error) => notices.shown.push(error.code) };
  const prints = new Prints(notices, { changed: () => {} });
  prints.hear({ reference: 'R', print: null, problem: null, drawer: null, ...news }, shown);
  return { standing: prints.of('R'), shown: notices.shown };
}

test('a drawer that may be shut stands at the sale that is looked at', () => {
  const { standing, shown } = heard({ print: printed, drawer: shut }, 'R');
  assert.deepEqual([standing.drawer, standing.print], [shut, printed]);
  assert.deepEqual(shown, []);
});

test('it is said above the screen to whoever has gone on, before anything about the receipt', () => {
  assert.deepEqual(heard({ print: failed, problem: off, drawer: shut }, null).shown, ['drawer_shut']);
  assert.deepEqual(heard({ print: failed, problem: off }, null).shown, ['receipt_not_printed']);
});

test('a drawer alone is said above the screen, and changes nothing about the receipt', () => {
  const { standing, shown } = heard({ drawer: shut }, 'R');
  assert.equal(standing.print, null);
  assert.deepEqual(shown, ['drawer_shut']);
});
