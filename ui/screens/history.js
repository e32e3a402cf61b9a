//! History: every payment of this till, found by amount, card digits or reference, with its detail beside it.
// @ts-check
import { tell } from '../lib/announce.js';
import { withCash } from '../lib/cash.js';
import { el, fragment, keyed } from '../lib/dom.js';
import { withOlder } from '../lib/history.js';
import { call } from '../lib/ipc.js';
import { isTyping, takeKeys } from '../lib/keys.js';
import { badge, channelText, lookOf } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { entryAddress, tenderAmount, tenderBadge, tenderName, tenderWord } from '../lib/tenders.js';
import { whole } from '../lib/numbers.js';
import { t } from '../lib/text.js';
import { whenShort } from '../lib/time.js';
import { notices, payments, verdictNews } from '../models/till.js';
import { Part } from '../elements/part.js';
import { KaunterPaymentDetail } from '../elements/payment-detail.js';
import { KaunterTenderDetail } from '../elements/tender-detail.js';
import { KaunterState } from '../elements/state.js';

/**
 * @import { EntryView, HistoryFilter, HistoryPage, HistoryRow, TenderView } from '../types/ipc.js'
 * @import { Action } from '../lib/keymap.js'
 */

/** Keys rest this long before the search runs. */
const SEARCH_REST_MS = 160;
/** What the address of an entry begins with that no gateway knows of. */
const TENDER = 't-';

export class KaunterHistory extends Part {
  /** @type {HistoryFilter} */
  #filter = { text: '', days: 'today', paidWith: 'any', cursor: null };
  /** @type {EntryView[]} */
  #rows = [];
  /** @type {string | null} */
  #next = null;
  /** The filter that the rows were asked for with. */
  #shownFor = '';
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
    takeKeys((event, action) => this.#key(event, action), this.life);
    let first = true;
    payments.watch(() => {
      if (!first) this.#news();
      first = false;
    }, this.life);
    this.life.addEventListener('abort', () => clearTimeout(this.#rest));
    this.#load();
    this.#follow();
  }

  /** The detail of a payment, or of what was taken without the gateway: put in place when the other one was there. @param {boolean} ofTender */
  #detail(ofTender) {
    const wanted = ofTender ? KaunterTenderDetail : KaunterPaymentDetail;
    const there = this.find('[data-detail]', HTMLElement);
    if (there instanceof wanted) return there;
    const made = new wanted();
    made.className = 'detail';
    made.dataset.detail = '';
    there.replaceWith(made);
    return made;
  }

  /** The address says which payment is shown. */
  #follow() {
    const shown = location.hash.split('/')[2] || null;
    const tender = shown?.startsWith(TENDER) ? shown.slice(TENDER.length) : null;
    this.#detail(tender !== null).show(tender ?? shown);
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

  /** What fits the filter, from the newest on. */
  async #load() {
    this.#asked += 1;
    const filter = { ...this.#filter, cursor: null };
    await this.#state.load(() => call('history', { filter }), (page) => {
      this.#take(page, filter);
      this.#tellFound();
    });
  }

  /** A payment changed: what is shown stays while its news is on the way, and so does what was loaded of older ones. */
  async #news() {
    const filter = { ...this.#filter, cursor: null };
    if (this.#rows.length === 0 || this.#shownFor !== JSON.stringify(filter)) return this.#load();
    const turn = (this.#asked += 1);
    await notices.quietly(async () => {
      const page = await call('history', { filter });
      if (turn !== this.#asked || !this.isConnected) return;
      this.#take(withOlder(page, { rows: this.#rows, next: this.#next }, (reference) => payments.newest(reference)), filter);
    });
  }

  /** @param {HistoryPage} page @param {HistoryFilter} filter */
  #take({ rows, next }, filter) {
    this.#rows = rows;
    this.#next = next;
    this.#shownFor = JSON.stringify(filter);
    this.#draw();
  }

  get #state() {
    return this.find('[data-state]', KaunterState);
  }

  #loadMore = single(async () => {
    const cursor = this.#next;
    if (cursor === null) return;
    const shownFor = this.#shownFor;
    await notices.attempt(async () => {
      const page = await call('history', { filter: { ...this.#filter, cursor } });
      // Still what follows: news of a payment may have come in between, another filter may not.
      if (cursor !== this.#next || shownFor !== this.#shownFor || !this.isConnected) return;
      this.#rows = [...this.#rows, ...page.rows];
      this.#next = page.next;
      this.#draw();
      this.#tellFound();
    });
  });

  /** How many a search has found. */
  #tellFound() {
    if (this.#filter.text === '') return;
    tell(this.#rows.length === 0 ? t('history.none_found') : t('history.found', { count: whole(this.#rows.length) }));
  }

  #draw() {
    keyed(this.find('[data-rows]', HTMLElement), this.#rows, keyOf, makeRow);
    const none = this.#rows.length === 0;
    this.find('table', HTMLElement).hidden = none;
    if (none) this.#nothing();
    else if (!this.#state.hidden) this.#state.clear();
    this.find('[data-more]', HTMLElement).hidden = this.#next === null;
    this.#mark();
  }

  /** Nothing fits, nothing that day, or nothing at all yet: each with a way on. */
  #nothing() {
    const { text, days, paidWith } = this.#filter;
    if (text === '' && days === 'all' && paidWith === 'any') {
      this.#state.empty({ icon: 'receipt', title: 'history.first', hint: 'history.first_hint', action: { word: 'history.to_sell', run: () => (location.hash = '#/sell') } });
      return;
    }
    const everything = { word: /** @type {const} */ ('history.show_all'), run: () => this.#showAll() };
    this.#state.empty({ icon: text === '' ? 'receipt' : 'search', title: text === '' ? 'history.none' : 'history.none_found', action: everything });
  }

  /** Every payment there is. */
  #showAll() {
    this.#filter = { text: '', days: 'all', paidWith: 'any', cursor: null };
    const search = this.find('[data-search]', HTMLInputElement);
    search.value = '';
    this.#drawChips();
    this.#load();
    this.find('[data-days] [aria-pressed=true]', HTMLElement).focus();
  }

  #mark() {
    const shown = location.hash.split('/')[2] ?? '';
    for (const row of this.querySelectorAll('[data-rows] tr')) {
      const here = /** @type {HTMLElement} */ (row).dataset.entry === shown;
      row.toggleAttribute('data-selected', here);
      const link = row.querySelector('a');
      if (here) link?.setAttribute('aria-current', 'true');
      else link?.removeAttribute('aria-current');
    }
  }

  /** @param {KeyboardEvent} event @param {Action | null} action */
  #key(event, action) {
    if (isTyping(event)) {
      if (event.key !== 'Escape') return false;
      const search = this.find('[data-search]', HTMLInputElement);
      search.value = '';
      search.dispatchEvent(new Event('input'));
      this.land();
      return true;
    }
    if (action === 'search') {
      this.find('[data-search]', HTMLInputElement).focus();
      return true;
    }
    if (event.key === 'Escape' && !notices.error && verdictNews.view === null && location.hash.split('/')[2]) {
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

/** What makes a row another one. @param {EntryView} entry */
function keyOf(entry) {
  if ('tender' in entry) return `${entry.tender.reference}:${entry.tender.undone}`;
  const { reference, state, paidWith, receipt } = entry.payment;
  return `${reference}:${state}:${paidWith}:${receipt}`;
}

/** @param {EntryView} entry */
const makeRow = (entry) => ('tender' in entry ? tenderRow(entry.tender) : paymentRow(entry.payment));

/** @param {TenderView} tender */
function tenderRow(tender) {
  const name = tenderName(tender);
  const amount = tenderAmount(tender);
  const said = [whenShort(tender.at), name, amount, tenderWord(tender)];
  return el('tr', { 'data-entry': `${TENDER}${tender.reference}` },
    el('td', {}, el('a', { href: entryAddress({ tender }), 'aria-label': said.join(', ') }, whenShort(tender.at))),
    el('td', { class: 'receipt-cell' }, tender.receipt ?? '—'),
    el('td', {}, el('span', { class: 'clip' }, name)),
    el('td', { class: 'terminal-cell soft' }, '—'),
    el('td', { class: 'money' }, amount),
    el('td', {}, tenderBadge(tender)));
}

/** @param {HistoryRow} row */
function paymentRow(row) {
  const amount = money(row.amount, row.currency);
  const shown = row.kind === 'void' ? `− ${amount}` : amount;
  const paidWith = row.kind === 'void' ? t('history.void_of', { what: channelText(row) }) : channelText(row);
  const cash = withCash(row);
  const link = el('a', { href: `#/history/${row.reference}`, 'aria-label': [whenShort(row.at), paidWith, shown, cash, t(lookOf(row).word)].filter(Boolean).join(', ') }, whenShort(row.at));
  return el(
    'tr',
    { 'data-entry': row.reference },
    el('td', {}, link),
    el('td', { class: 'receipt-cell' }, row.receipt ?? '—'),
    el('td', {}, el('span', { class: 'clip' }, paidWith), cash === null ? null : el('small', { class: 'soft with-cash' }, cash)),
    el('td', { class: 'terminal-cell soft' }, el('span', { class: 'clip' }, row.terminalName)),
    el('td', { class: 'money' }, shown),
    el('td', {}, badge(row)),
  );
}

customElements.define('kaunter-history', KaunterHistory);
