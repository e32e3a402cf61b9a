//! One payment in full: what became of it, its receipt, its time line, its voids, and what can be done.
// @ts-check
import { alert, tell } from '../lib/announce.js';
import { cashLine, cashOf } from '../lib/cash.js';
import { explainPayment } from '../lib/codes.js';
import { el, element } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { badge, lookOf, paidWithText, safeText } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { single, singleEach } from '../lib/single.js';
import { sentences, t } from '../lib/text.js';
import { dateAndTime } from '../lib/time.js';
import { timeline } from '../lib/timeline.js';
import { checkout, notices, payments } from '../models/till.js';
import { Part } from './part.js';
import { reprint } from './reprint.js';
import { saleAround, saleKeys } from './sale-around.js';
import { KaunterState } from './state.js';
import { askToVoid } from './void-dialog.js';
import './countdown.js';
import './receipt-actions.js';

/**
 * @import { PaymentDetail, PaymentView, TicketExtras } from '../types/ipc.js'
 * @import { Slip } from './reprint.js'
 */

/** States in which a payment is open and the detail says what that means. */
const OPEN = new Set(['pending', 'unknown', 'void_in_doubt']);

export class KaunterPaymentDetail extends Part {
  /** @type {string | null} */
  #reference = null;
  /** @type {PaymentDetail | null} */
  #detail = null;
  /** What came of the last slip that was asked for here. @type {Slip | null} */
  #slip = null;
  #told = '';

  start() {
    let first = true;
    payments.watch(() => {
      if (!first) this.#load();
      first = false;
    }, this.life);
    this.#draw();
  }

  /** @param {string | null} reference */
  show(reference) {
    if (reference === this.#reference) return;
    this.#reference = reference;
    this.#detail = null;
    this.#slip = null;
    this.#told = '';
    if (reference) this.#load();
    else this.#draw();
  }

  async #load() {
    const reference = this.#reference;
    if (!reference) return;
    if (!this.#detail) this.#draw();
    const shown = (/** @type {PaymentDetail} */ detail) => {
      if (reference !== this.#reference) return;
      this.#detail = detail;
      this.#draw();
    };
    const state = this.querySelector('kaunter-state');
    if (state instanceof KaunterState) return state.load(() => call('payment_detail', { reference }), shown);
    // What is shown stays while its news is on the way.
    await notices.quietly(async () => {
      const detail = await call('payment_detail', { reference });
      if (this.isConnected) shown(detail);
    });
  }

  #draw() {
    const detail = this.#detail;
    if (!detail) {
      const state = new KaunterState();
      this.replaceChildren(state);
      if (!this.#reference) state.empty({ icon: 'receipt', title: 'detail.choose' });
      return;
    }
    const inside = this.contains(document.activeElement);
    const focused = document.activeElement?.getAttribute('data-action') ?? 'none';
    const scrolled = this.querySelector('.detail-body')?.scrollTop ?? 0;
    const { payment, receipt, voids, sale } = detail;
    // A void has a receipt of its own.
    const waits = sale !== null && sale.receiptWaits && payment.kind !== 'void';
    const body = el('div', { class: 'detail-body', tabindex: '0', role: 'group', 'aria-label': t('detail.label') },
      this.#slip ? note(this.#slip.tone, this.#slip.words) : null,
      ...voids.slice(-1).map(voidPanel),
      ...openNotes(payment, voids.length > 0),
      receipt.length > 0 ? el('pre', { class: 'receipt', tabindex: '0', role: 'group', 'aria-label': t('detail.receipt') }, receipt.join('\n')) : null,
      receipt.length > 0 ? element('kaunter-receipt-actions', { reference: payment.reference, waits: waits ? 'true' : null }) : null,
      carried(payment.extras),
      ...saleAround(detail.sale),
      el('h3', {}, t('detail.timeline')),
      timeline(payment),
      ...voids.flatMap((voided) => [el('h3', {}, t('detail.void_timeline', { time: dateAndTime(voided.at) })), timeline(voided)]),
      el('p', { class: 'code' }, t('pay.reference', { reference: payment.reference })),
    );
    this.replaceChildren(head(payment), body, this.#actions(detail));
    body.scrollTop = scrolled;
    if (inside) {
      const again = this.querySelector(`[data-action="${focused}"]`);
      if (again instanceof HTMLElement) again.focus();
      else body.focus({ preventScroll: true });
    }
    this.#tell(payment, voids.at(-1) ?? null);
  }

  /** Says a change aloud, once. @param {PaymentView} payment @param {PaymentView | null} lastVoid */
  #tell(payment, lastVoid) {
    const now = `${payment.reference} ${payment.state} ${lastVoid?.state ?? ''}`;
    if (this.#told !== '' && this.#told !== now) {
      const words = lastVoid ? `${t(lookOf(lastVoid).word)}. ${voidWords(lastVoid)}` : t(lookOf(payment).word);
      if (OPEN.has(payment.state)) alert(words);
      else tell(words);
    }
    this.#told = now;
  }

  /** @param {PaymentDetail} detail */
  #actions({ payment, voids, sale }) {
    const openVoid = voids.find((voided) => voided.actions.includes('check_status'));
    const checked = payment.actions.includes('check_status') ? payment : openVoid;
    return el(
      'div',
      { class: 'actions detail-actions' },
      checked
        ? el('button', { type: 'button', class: 'main', 'data-action': 'check_status', onclick: () => this.#check(checked.reference) }, t('action.check_status'))
        : null,
      asksSomebody(payment) || voids.some(asksSomebody)
        ? el('a', { class: 'button', href: `#/unresolved/${(voids.find(asksSomebody) ?? payment).reference}` }, t('detail.to_unresolved'))
        : null,
      payment.actions.includes('void')
        ? el('button', { type: 'button', class: 'danger', 'data-action': 'void', onclick: () => this.#void(payment) }, t('action.void'))
        : null,
      payment.actions.includes('reprint')
        ? el('button', { type: 'button', 'data-action': 'reprint', onclick: () => this.#reprint(payment) }, t('reprint.action'))
        : null,
      ...saleKeys(payment.kind === 'void' ? null : sale, () => this.#load()),
    );
  }

  #reprint = single(async (/** @type {PaymentView} */ payment) => {
    this.#slip = null;
    this.querySelector('[data-action=reprint]')?.setAttribute('aria-busy', 'true');
    tell(t('reprint.asking', { terminal: payment.terminalName || payment.terminalId }));
    await notices.attempt(async () => {
      const slip = await reprint(payment.reference);
      if (payment.reference !== this.#reference) return;
      this.#slip = slip;
      if (slip.tone === 'wait') alert(slip.words);
      else tell(slip.words);
    });
    await this.#load();
    this.querySelector('.detail-body')?.scrollTo({ top: 0 });
  });

  #check = singleEach((/** @type {string} */ reference) => reference, async (reference) => {
    tell(t('open.checking'));
    await notices.attempt(() => checkout.check(reference));
    await this.#load();
  });

  #void = single(async (/** @type {PaymentView} */ payment) => {
    const started = await askToVoid(payment);
    if (started) payments.take(started);
    await this.#load();
  });
}

/** Whether the payment waits for somebody's word. @param {PaymentView} payment */
const asksSomebody = (payment) => payment.actions.some((action) => action === 'decide' || action === 'settle_conflict');

/** @param {PaymentView} payment */
function head(payment) {
  return el(
    'header',
    { class: 'detail-head' },
    el('div', { class: 'detail-line' }, badge(payment), el('span', { class: 'soft small' }, dateAndTime(payment.at))),
    el('h2', { class: 'money detail-amount' }, money(payment.amount, payment.currency)),
    cashLine(payment),
    el('p', { class: 'soft' }, `${paidWithText(payment)} · `, el('span', { class: 'whole' }, payment.terminalName || payment.terminalId)),
    payment.original ? el('a', { href: `#/history/${payment.original}` }, t('detail.original')) : null,
  );
}

/** What the payment carried beside its amount; null for nothing. @param {TicketExtras} extras */
function carried({ note, productIndex, promoSale }) {
  const facts = [[t('extras.note'), note], [t('extras.product'), productIndex], [t('extras.promo'), promoSale]].filter(([, fact]) => fact);
  if (facts.length === 0) return null;
  return el('dl', { class: 'facts' }, ...facts.map(([name, fact]) => el('div', {}, el('dt', {}, name ?? ''), el('dd', {}, fact ?? ''))));
}

/**
 * What must be known before anything else is done. A void says its own part.
 * @param {PaymentView} payment
 * @param {boolean} hasVoid
 * @returns {HTMLElement[]}
 */
function openNotes(payment, hasVoid) {
  const notes = [];
  if (!payment.saved) notes.push(note('wait', t('open.not_saved')));
  if (payment.conflict) notes.push(note('wait', t('pay.conflict')));
  if (payment.reason) notes.push(note('quiet', t(payment.state === 'charged_by_hand' || payment.state === 'not_charged_by_hand' ? 'detail.by_hand' : 'detail.conflict_settled', { reason: payment.reason })));
  if (payment.state === 'declined' || payment.state === 'not_charged') {
    const { what, money: moved, todo } = explainPayment(payment);
    notes.push(note('quiet', sentences(what, moved, todo)));
  }
  if (OPEN.has(payment.state) && !(payment.state === 'void_in_doubt' && hasVoid)) {
    const hold = t(payment.cash === null ? 'open.hold_goods_sentence' : 'cash.hold_sentence');
    const words = payment.state === 'void_in_doubt' ? t('detail.void_in_doubt') : hold;
    notes.push(note('wait', sentences(words, t(payment.safeToChargeAgain ? 'safe.yes' : 'safe.no'), safeText(payment))));
  }
  return notes;
}

/** @param {'wait' | 'quiet' | 'bad' | 'good'} tone @param {string} words */
function note(tone, words) {
  return el('p', { class: `note ${tone}` }, icon(tone === 'wait' ? 'warning' : tone === 'good' ? 'check' : 'info'), el('span', {}, words));
}

/** The newest void of this payment, in words. @param {PaymentView} voided */
function voidPanel(voided) {
  const working = voided.state === 'prepared' || voided.state === 'sent';
  return el(
    'section',
    { class: `void-panel ${lookOf(voided).tone}` },
    working ? element('kaunter-countdown', { from: voided.sentAt, until: voided.deadlineAt }) : null,
    el('div', {}, el('h3', {}, t(lookOf(voided).word)), el('p', {}, voidWords(voided))),
  );
}

/** @param {PaymentView} voided */
function voidWords(voided) {
  const amount = money(voided.amount, voided.currency);
  const cash = cashOf(voided);
  switch (voided.state) {
    case 'prepared':
    case 'sent':
      return t('void.working', { terminal: voided.terminalName || voided.terminalId });
    case 'approved':
    case 'charged_by_hand':
      return cash === null ? t('void.done', { amount }) : t('cash.void_done', { amount, cash });
    case 'declined':
    case 'not_charged':
    case 'not_charged_by_hand': {
      const { what, money: moved, todo } = explainPayment(voided);
      return sentences(what, moved, todo);
    }
    case 'pending':
    case 'unknown':
    case 'void_in_doubt':
    case 'voided':
      return t('void.in_doubt');
  }
}

customElements.define('kaunter-payment-detail', KaunterPaymentDetail);
