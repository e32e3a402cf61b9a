// When the ticket's total is said, and that a key of an amount does no work that was done before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { TotalTeller } = await page('lib/total.js');
const { grouped } = await page('lib/money.js');
const { speak } = await page('lib/text.js');

const ticket = (number, payable, more = {}) => ({ number, payable, frozen: false, lines: payable === '0.00' ? [] : [{}], ...more });

test('a total is said when the ticket changes, once', () => {
  const teller = new TotalTeller();
  assert.equal(teller.take(ticket(1, '3.00')), null, 'the screen has just opened');
  assert.equal(teller.take(ticket(1, '5.50')), '5.50');
  assert.equal(teller.take(ticket(1, '5.50')), null);
  assert.equal(teller.take(ticket(1, '0.00')), '0.00', 'cleared');
});

test('the next customer begins in silence, and a ticket that is recalled is said', () => {
  const teller = new TotalTeller();
  teller.take(ticket(1, '3.00'));
  assert.equal(teller.take(ticket(2, '0.00')), null);
  assert.equal(teller.take(ticket(1, '3.00')), '3.00');
});

test('of a ticket that is being paid nothing is said', () => {
  const teller = new TotalTeller();
  teller.take(ticket(1, '3.00'));
  assert.equal(teller.take(ticket(1, '4.00', { frozen: true })), null);
  assert.equal(teller.take(ticket(1, '4.00')), null);
});

test('what stands before the fraction is asked for once in each language', async () => {
  const real = Intl.NumberFormat.prototype.formatToParts;
  let asked = 0;
  Intl.NumberFormat.prototype.formatToParts = function formatToParts(...args) {
    asked += 1;
    return real.apply(this, args);
  };
  try {
    for (const name of ['ms', 'zh', 'en', 'ms', 'zh', 'en']) {
      await speak(name);
      for (const amount of ['0.05', '1250.00']) assert.match(grouped(amount), /^(0\.05|1,250\.00)$/);
    }
    assert.equal(asked, 3);
  } finally {
    Intl.NumberFormat.prototype.formatToParts = real;
  }
});
