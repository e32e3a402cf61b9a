//! Cash, a card taken by hand, or what a return gave back, in full: receipt, who and when, the sale around it.
// @ts-check
import { el, element } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { isGivenBack, tenderAmount, tenderBadge, tenderName } from '../lib/tenders.js';
import { t } from '../lib/text.js';
import { dateAndTime } from '../lib/time.js';
import { notices, payments } from '../models/till.js';
import { Part } from './part.js';
import './receipt-actions.js';
import { saleAround, saleKeys } from './sale-around.js';
import { KaunterState } from './state.js';

/** @import { TenderDetail } from '../types/ipc.js' */

export class KaunterTenderDetail extends Part {
  /** @type {string | null} */
  #reference = null;
  /** @type {TenderDetail | null} */
  #detail = null;
  #asked = 0;

  start() {
    // Another leg of the same sale may have changed.
    let first = true;
    payments.watch(() => {
      if (!first) this.#load();
      first = false;
    }, this.life);
  }

  speak() {
    if (this.#detail) this.#draw();
  }

  /** @param {string | null} reference */
  show(reference) {
    if (reference === this.#reference) return;
    this.#reference = reference;
    this.#detail = null;
    this.#draw();
    this.#load();
  }

  async #load() {
    const reference = this.#reference;
    if (!reference) return;
    const turn = (this.#asked += 1);
    const shown = (/** @type {TenderDetail} */ detail) => {
      if (turn !== this.#asked) return;
      this.#detail = detail;
      this.#draw();
    };
    const state = this.querySelector(':scope > kaunter-state');
    if (state instanceof KaunterState) return state.load(() => call('tender_detail', { reference }), shown);
    // What is shown stays while its news is on the way.
    await notices.quietly(async () => {
      const detail = await call('tender_detail', { reference });
      if (this.isConnected) shown(detail);
    });
  }

  #draw() {
    const detail = this.#detail;
    if (!detail) return this.replaceChildren(new KaunterState());
    const scrolled = this.querySelector('.detail-body')?.scrollTop ?? 0;
    const { tender, receipt, sale, staff, approvedBy } = detail;
    const inside = this.contains(document.activeElement);
    const back = isGivenBack(tender);
    const facts = [
      [t('tender.settles'), tender.amount === tender.moved ? '' : money(tender.amount, tender.currency)],
      [t('tender.given'), tender.given === null ? '' : money(tender.given, tender.currency)],
      [t('tender.change'), tender.change === null ? '' : money(tender.change, tender.currency)],
      [t(tender.kind === 'portal' ? 'return.portal_reference' : 'byhand.number'), tender.proof ?? ''],
      [t('tender.staff'), staff],
      [t('tender.approved_by'), approvedBy],
      [t('decide.reason'), tender.reason ?? ''],
    ].filter(([, fact]) => fact);
    const body = el('div', { class: 'detail-body', tabindex: '0', role: 'group', 'aria-label': t('detail.label') },
      tender.kind === 'manual_card' && !tender.undone ? el('p', { class: 'note wait' }, icon('warning'), el('span', {}, t('byhand.unverified_why'))) : null,
      receipt.length > 0 ? el('pre', { class: 'receipt', tabindex: '0', role: 'group', 'aria-label': t('detail.receipt') }, receipt.join('\n')) : null,
      receipt.length > 0 ? element('kaunter-receipt-actions', { reference: tender.reference, waits: sale.receiptWaits ? 'true' : null }) : null,
      el('dl', { class: 'facts' }, ...facts.map(([name, fact]) => el('div', {}, el('dt', {}, name ?? ''), el('dd', {}, fact ?? '')))),
      ...saleAround(sale),
      el('p', { class: 'code' }, t('pay.reference', { reference: tender.reference })));
    const keys = saleKeys(sale, () => this.#load());
    this.replaceChildren(
      el('header', { class: 'detail-head' },
        el('div', { class: 'detail-line' }, tenderBadge(tender), el('span', { class: 'soft small' }, dateAndTime(tender.at))),
        el('h2', { class: 'money detail-amount' }, tenderAmount(tender)),
        el('p', { class: 'soft' }, [tenderName(tender), tender.receipt ? t('pay.receipt_number', { number: tender.receipt }) : '', back && sale.standing.receipt ? t('tender.of_receipt', { number: sale.standing.receipt }) : ''].filter(Boolean).join(' · '))),
      body,
      el('div', { class: 'actions detail-actions' }, ...keys));
    body.scrollTop = scrolled;
    if (inside) body.focus({ preventScroll: true });
  }
}

customElements.define('kaunter-tender-detail', KaunterTenderDetail);
