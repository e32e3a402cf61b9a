//! History: every payment of this till, found by amount, card digits or reference, with its detail beside it.
// @ts-check
import { tell } from '../lib/announce.js';
import { withCash } from '../lib/cash.js';
import { el, fragment, keyed } from '../lib/dom.js';
import { call } from '../lib/ipc.js';
import { isTyping, takeKeys } from '../lib/keys.js';
import { badge, channelText, lookOf } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { t } from '../lib/text.js';
import { whenShort } from '../lib/time.js';
import { notices, payments } from '../models/till.js';
import { Part } from '../elements/part.js';
import { KaunterPaymentDetail } from '../elements/payment-detail.js';

/** @import { HistoryFilter, HistoryRow } from '../types/ipc.js' */

/** Keys rest this long before the search runs. */
const SEARCH_REST_MS = 160;

export class KaunterHistory extends Part {
  /** @type {HistoryFilter} */
  #filter = { text: '', days: 'today', paidWith: 'any', cursor: null };
  /** @type {HistoryRow[]} */
  #rows = [];
  /** @type {string | null} */
  #next = null;
  #asked = 0;
  #rest = 0;

  start() {
    this.replaceChildren(fragment('history'));
    this.#chips('[data-days]', (value) => (this.#filter.days = /** @type {HistoryFilter['days']} */ (value)), () => this.#filter.days);
    this.#chips('[data-paid]', (value) => (this.#filter.paidWith = /** @type {HistoryFilter['paidWith']} */ (value)), () => this.#filter.paidWith);
    const search = this.find('[data-search]', HTMLInputElement);
    search.addEventListener('input', () => {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => {
        this.#filter.text = search.value.trim();
        this.#load();
      }, SEARCH_REST_MS);
    }, { signal: this.life });
    this.on('[data-more]', 'click', () => this.#loadMore());
    window.addEventListener('hashchange', () => this.#follow(), { signal: this.life });
    takeKeys((event) => this.#key(event), this.life);
    let first = true;
    payments.watch(() => {
      if (!first) this.#load();
      first = false;
    }, this.life);
    this.life.addEventListener('abort', () => clearTimeout(this.#rest));
    this.#load();
    this.#follow();
  }

  get #detail() {
    return this.find('kaunter-payment-detail', KaunterPaymentDetail);
  }

  /** The address says which payment is shown. */
  #follow() {
    this.#detail.show(location.hash.split('/')[2] || null);
    this.#mark();
  }

  /**
   * @param {string} selector
   * @param {(value: string) => void} choose
   * @param {() => string} chosen
   */
  #chips(selector, choose, chosen) {
    this.on(selector, 'click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (!button) return;
      choose(button.value);
      this.#drawChips();
      this.#load();
    });
    this.#markChips.push(() => {
      for (const button of this.find(selector, HTMLElement).querySelectorAll('button')) {
        button.setAttribute('aria-pressed', String(button.value === chosen()));
      }
    });
    this.#drawChips();
  }
  /** @type {(() => void)[]} */
  #markChips = [];

  #drawChips() {
    for (const mark of this.#markChips) mark();
  }

  async #load() {
    const turn = (this.#asked += 1);
    await notices.attempt(async () => {
      const page = await call('history', { filter: { ...this.#filter, cursor: null } });
      if (turn !== this.#asked || !this.isConnected) return;
      this.#rows = page.rows;
      this.#next = page.next;
      this.#draw();
    });
  }

  async #loadMore() {
    const cursor = this.#next;
    if (cursor === null) return;
    const turn = (this.#asked += 1);
    await notices.attempt(async () => {
      const page = await call('history', { filter: { ...this.#filter, cursor } });
      if (turn !== this.#asked || !this.isConnected) return;
      this.#rows = [...this.#rows, ...page.rows];
      this.#next = page.next;
      this.#draw();
    });
  }

  #draw() {
    keyed(this.find('[data-rows]', HTMLElement), this.#rows, (row) => `${row.reference}:${row.state}:${row.paidWith}:${row.receipt}`, makeRow);
    const none = this.#rows.length === 0;
    this.find('table', HTMLElement).hidden = none;
    this.find('[data-none]', HTMLElement).hidden = !none;
    const words = this.#filter.text !== '' ? t('history.none_found') : t('history.none');
    this.find('[data-none-text]', HTMLElement).textContent = words;
    this.find('[data-more]', HTMLElement).hidden = this.#next === null;
    if (this.#filter.text !== '') tell(none ? words : t('history.found', { count: this.#rows.length }));
    this.#mark();
  }

  #mark() {
    const shown = location.hash.split('/')[2] ?? '';
    for (const row of this.querySelectorAll('[data-rows] tr')) {
      const here = /** @type {HTMLElement} */ (row).dataset.reference === shown;
      row.toggleAttribute('data-selected', here);
      const link = row.querySelector('a');
      if (here) link?.setAttribute('aria-current', 'true');
      else link?.removeAttribute('aria-current');
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (isTyping(event)) {
      if (event.key !== 'Escape') return false;
      const search = this.find('[data-search]', HTMLInputElement);
      search.value = '';
      search.dispatchEvent(new Event('input'));
      search.blur();
      return true;
    }
    if (event.key === '/') {
      this.find('[data-search]', HTMLInputElement).focus();
      return true;
    }
    if (event.key === 'Escape' && !notices.error && location.hash.split('/')[2]) {
      location.hash = '#/history';
      return true;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return false;
    const links = [...this.querySelectorAll('[data-rows] a')];
    const here = links.findIndex((link) => link === document.activeElement || link.hasAttribute('aria-current'));
    const next = links[Math.min(links.length - 1, Math.max(0, here + (event.key === 'ArrowDown' ? 1 : -1)))];
    if (!(next instanceof HTMLAnchorElement)) return false;
    next.focus();
    next.click();
    return true;
  }
}

/** @param {HistoryRow} row */
function makeRow(row) {
  const amount = money(row.amount, row.currency);
  const shown = row.kind === 'void' ? `− ${amount}` : amount;
  const paidWith = row.kind === 'void' ? t('history.void_of', { what: channelText(row) }) : channelText(row);
  const cash = withCash(row);
  const link = el('a', { href: `#/history/${row.reference}`, 'aria-label': [whenShort(row.at), paidWith, shown, cash, t(lookOf(row).word)].filter(Boolean).join(', ') }, whenShort(row.at));
  return el(
    'tr',
    { 'data-reference': row.reference },
    el('td', {}, link),
    el('td', { class: 'receipt-cell' }, row.receipt ?? '—'),
    el('td', {}, el('span', { class: 'clip' }, paidWith), cash === null ? null : el('small', { class: 'soft with-cash' }, cash)),
    el('td', { class: 'terminal-cell soft' }, el('span', { class: 'clip' }, row.terminalName)),
    el('td', { class: 'money' }, shown),
    el('td', {}, badge(row)),
  );
}

customElements.define('kaunter-history', KaunterHistory);
