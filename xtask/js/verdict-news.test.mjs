// Whoever looks at another screen is told how the payment at the counter ended, and of no other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { VerdictNews } = await page('models/verdict-news.js');
const { Verdicts } = await page('models/verdicts.js');
const { Watchable } = await page('models/watchable.js');

const view = (state, more = {}) => ({ reference: 'A', state, saved: true, conflict: false, ...more });

/** A counter with a payment on its way, seen from another screen. */
function elsewhere() {
  const checkout = Object.assign(new Watchable(), { current: view('sent') });
  const news = new VerdictNews(checkout);
  news.isSeen = () => false;
  const verdicts = new Verdicts((_name, reference) => news.hear(reference));
  const hear = (told) => {
    if (checkout.current?.reference === told.reference) {
      checkout.current = told;
      checkout.changed();
    }
    verdicts.hear(told);
  };
  hear(checkout.current);
  return { checkout, news, hear };
}

test('a verdict that comes while another screen stands is kept until it is closed', () => {
  const { news, hear } = elsewhere();
  assert.equal(news.view, null);
  hear(view('declined'));
  assert.equal(news.view?.state, 'declined');
  news.clear();
  hear(view('declined', { timeline: ['more'] }));
  assert.equal(news.view, null, 'what was closed stays closed');
});

test('one that is closed comes again with another verdict', () => {
  const { news, hear } = elsewhere();
  hear(view('unknown'));
  news.clear();
  hear(view('approved'));
  assert.equal(news.view?.state, 'approved');
});

test('it follows the payment, and is over when the counter goes on', () => {
  const { checkout, news, hear } = elsewhere();
  hear(view('unknown'));
  hear(view('pending'));
  assert.equal(news.view?.state, 'pending');
  checkout.current = null;
  checkout.changed();
  assert.equal(news.view, null);
});

test('Pay says its own, and a payment that was set aside is none of the counter’s', () => {
  const { news, hear } = elsewhere();
  hear(view('sent', { reference: 'B' }));
  hear(view('approved', { reference: 'B' }));
  assert.equal(news.view, null);
  news.isSeen = () => true;
  hear(view('approved'));
  assert.equal(news.view, null);
});
