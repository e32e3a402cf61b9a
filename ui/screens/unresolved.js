//! Unresolved: every payment whose outcome is not known or contradicted, oldest first, with what can be done about each.
// @ts-check
import { tell } from '../lib/announce.js';
import { candidatePanel } from '../elements/candidate.js';
import { askToDecide, askToSettle } from '../elements/decisions.js';
import { askToVoid } from '../elements/void-dialog.js';
import { cashLine } from '../lib/cash.js';
import { el, find, fragment, keyed } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { badge, paidWithText } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { singleEach } from '../lib/single.js';
import { t } from '../lib/text.js';
import { ageOf, dateAndTime } from '../lib/time.js';
import { drawTimeline, timeline } from '../lib/timeline.js';
import { checkout, notices, payments, unresolved } from '../models/till.js';
import { Part } from '../elements/part.js';
import { KaunterState } from '../elements/state.js';
import { safeLine } from './pay-scenes.js';

/**
 * @import { Action, PaymentView } from '../types/ipc.js'
 * @import { TextKey } from '../lib/text.js'
 */

/** What can be done here, in this order; a candidate has a panel of its own. @type {[Action, TextKey][]} */
const ACTIONS = [
  ['check_status', 'action.check_status'],
  ['decide', 'action.decide'],
  ['void', 'action.void'],
  ['settle_conflict', 'action.settle_conflict'],
];

export class KaunterUnresolved extends Part {
  /** The payment that the address names, until it was shown. @type {string | null} */
  #wanted = null;

  start() {
    this.replaceChildren(fragment('unresolved'));
    window.addEventListener('hashchange', () => this.#follow(), { signal: this.life });
    unresolved.watch(() => this.#draw(), this.life);
    this.every(1000, () => this.#tick());
    this.#load();
    this.#follow();
  }

  get #state() {
    return this.find('[data-state]', KaunterState);
  }

  #load() {
    if (unresolved.loaded) unresolved.refresh().catch((thrown) => notices.show(thrown));
    else this.#state.load(() => unresolved.refresh(), () => this.#draw());
  }

  #follow() {
    this.#wanted = location.hash.split('/')[2] || null;
    this.#show();
  }

  #show() {
    const card = this.#wanted && this.querySelector(`[data-key="${CSS.escape(this.#wanted)}"] h2`);
    if (!(card instanceof HTMLElement)) return;
    this.#wanted = null;
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    card.closest('li')?.scrollIntoView({ block: 'start' });
  }

  #draw() {
    const { list, settled, loaded } = unresolved;
    const focused = this.contains(document.activeElement) && document.activeElement !== document.body;
    keyed(this.find('[data-list]', HTMLElement), list, (view) => view.reference, () => el('li', { class: 'question' }), drawCard);
    if (list.length > 0) this.#state.clear();
    else if (loaded) this.#state.empty({ icon: 'check', title: 'unresolved.none', hint: 'unresolved.none_why' });
    this.find('[data-intro]', HTMLElement).hidden = list.length === 0;
    this.find('[data-settled]', HTMLElement).hidden = settled.length === 0;
    keyed(this.find('[data-settled-list]', HTMLElement), settled, (view) => `${view.reference}:${view.state}`, (view) =>
      el('li', {}, badge(view), el('a', { href: `#/history/${view.reference}` }, `${money(view.amount, view.currency)} · ${dateAndTime(view.at)}`)));
    this.#tick();
    this.#show();
    // A card that left takes the focus with it.
    if (focused && !this.contains(document.activeElement) && !document.querySelector('dialog[open]')) this.land();
  }

  #tick() {
    for (const place of this.querySelectorAll('[data-since]')) {
      const words = t('unresolved.open_for', { age: ageOf(place.getAttribute('data-since') ?? '') });
      if (place.textContent !== words) place.textContent = words;
    }
  }
}

/** Draws a card anew when more than its time line changed, so that what is being typed stays. @param {HTMLElement} card @param {PaymentView} view */
function drawCard(card, view) {
  const now = JSON.stringify([view.state, view.saved, view.conflict, view.actions, view.candidate, view.paidWith, view.safeReason, view.reason]);
  // The dialogs want the payment as it is when they open, not as it was when the card was drawn.
  shown.set(card, view);
  if (card.dataset.drawn === now) {
    drawTimeline(find(card, '.timeline', HTMLElement), view);
    return;
  }
  card.dataset.drawn = now;
  const inside = card.contains(document.activeElement) ? (document.activeElement?.getAttribute('data-action') ?? 'title') : null;
  const amount = money(view.amount, view.currency);
  const isVoid = view.kind === 'void';
  const title = `question-${view.reference}`;
  card.replaceChildren(
    el('article', { 'aria-labelledby': title },
      el('div', { class: 'question-words' },
        el('p', { class: 'question-line' }, badge(view), view.conflict ? el('span', { class: 'badge wait' }, icon('warning'), t('grade.conflict')) : null,
          el('span', { class: 'soft small', 'data-since': view.at })),
        el('h2', { id: title, class: 'money detail-amount' }, isVoid ? t('unresolved.void_of', { amount }) : amount),
        cashLine(view),
        el('p', { class: 'soft' }, `${paidWithText(view)} · ${view.terminalName || view.terminalId} · ${dateAndTime(view.at)}`),
        !view.saved ? warning(t('open.not_saved')) : null,
        view.conflict ? warning(t('pay.conflict')) : null,
        isVoid ? warning(t('unresolved.no_cash')) : safeLine(view),
        candidatePanel(view, 'h3')),
      el('div', { class: 'question-evidence' },
        el('h3', {}, t('detail.timeline')),
        timeline(view),
        el('a', { class: 'small', href: `#/history/${view.original ?? view.reference}` }, t('unresolved.in_history'))),
      el('div', { class: 'actions question-actions' },
        ...ACTIONS.filter(([action]) => view.actions.includes(action)).map(([action, word], index) =>
          el('button', { type: 'button', class: action === 'void' ? 'danger' : index === 0 ? 'main' : null, 'data-action': action, onclick: () => act(card, action) }, t(word)))),
    ),
  );
  markChecking(card, view);
  const list = find(card, '.timeline', HTMLElement);
  list.scrollTop = list.scrollHeight;
  if (inside === null) return;
  const again = card.querySelector(`[data-action="${inside}"]`) ?? find(card, 'h2', HTMLElement);
  if (!(again instanceof HTMLElement)) return;
  if (again.tagName === 'H2') again.tabIndex = -1;
  again.focus({ preventScroll: true });
}

/** What each card shows now. @type {WeakMap<HTMLElement, PaymentView>} */
const shown = new WeakMap();

/** @param {string} words */
const warning = (words) => el('p', { class: 'note wait' }, icon('warning'), el('span', {}, words));

/**
 * Once at a time for each payment and action: a question to the gateway may take longer than a minute, and a manager can
 * decide about the same payment meanwhile, or about another one.
 */
const act = singleEach(
  (/** @type {HTMLElement} */ card, /** @type {Action} */ action) => `${shown.get(card)?.reference} ${action}`,
  async (card, action) => {
    const view = shown.get(card);
    if (!view) return;
    if (action === 'decide') return askToDecide(view);
    if (action === 'settle_conflict') return askToSettle(view);
    if (action === 'void') {
      const started = await askToVoid(view);
      if (started) payments.take(started);
      return;
    }
    await check(card, view);
  });

/** @param {HTMLElement} card @param {PaymentView} view */
async function check(card, view) {
  checking.add(view.reference);
  markChecking(card, view);
  tell(t('open.checking'));
  await notices.attempt(() => checkout.check(view.reference));
  checking.delete(view.reference);
  markChecking(card, view);
}

/** Payments that the gateway is being asked about: a card that is drawn anew meanwhile still says so. @type {Set<string>} */
const checking = new Set();

/** @param {HTMLElement} card @param {PaymentView} view */
function markChecking(card, view) {
  const button = card.querySelector('[data-action=check_status]');
  if (checking.has(view.reference)) button?.setAttribute('aria-busy', 'true');
  else button?.removeAttribute('aria-busy');
}

customElements.define('kaunter-unresolved', KaunterUnresolved);
