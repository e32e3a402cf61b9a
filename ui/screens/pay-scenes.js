//! What Pay shows in each state of a payment, as nodes. The screen decides when; this decides what it looks like.
// @ts-check
import { candidatePanel } from '../elements/candidate.js';
import { amountOrBoth, amountsOf, cashOf, holdText } from '../lib/cash.js';
import { explainPayment } from '../lib/codes.js';
import { el, element } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { lookOf, paidWithText, safeText } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { sentences, t } from '../lib/text.js';
import { timeline } from '../lib/timeline.js';

/**
 * @import { Action, Method, PaymentState, PaymentView } from '../types/ipc.js'
 * @import { TextKey } from '../lib/text.js'
 * @import { Opening } from '../models/checkout.js'
 * @typedef {'waiting' | 'yes' | 'no' | 'open'} Scene
 * @typedef {(action: Action) => void} Does
 */

/** @type {Record<PaymentState, Scene>} */
const SCENES = {
  prepared: 'waiting',
  sent: 'waiting',
  approved: 'yes',
  charged_by_hand: 'yes',
  declined: 'no',
  not_charged: 'no',
  not_charged_by_hand: 'no',
  voided: 'no',
  pending: 'open',
  unknown: 'open',
  void_in_doubt: 'open',
};

/** @param {PaymentView} view @returns {Scene} */
export const sceneOf = (view) => (view.saved ? SCENES[view.state] : 'open');

/**
 * Every action that is a button here; a candidate has a panel of its own, and a slip is printed again from History.
 * @typedef {Exclude<Action, 'confirm' | 'reprint'>} Button
 */
/** @type {Record<Button, { word: TextKey, keys?: string }>} */
const ACTIONS = {
  take_rest: { word: 'action.take_rest', keys: 'Enter' },
  new_sale: { word: 'action.new_sale', keys: 'Enter' },
  charge_again: { word: 'action.charge_again' },
  check_status: { word: 'action.check_status' },
  set_aside: { word: 'action.set_aside' },
  void: { word: 'action.void' },
  other_method: { word: 'action.other_method' },
  decide: { word: 'action.decide' },
  settle_conflict: { word: 'action.settle_conflict' },
};

/** The order in which actions stand; the first is the main one. @type {Button[]} */
const ORDER = ['take_rest', 'charge_again', 'check_status', 'other_method', 'set_aside', 'new_sale', 'void', 'decide', 'settle_conflict'];

/** @param {PaymentView} view @param {Does} does */
export function actions(view, does) {
  const shown = ORDER.filter((action) => view.actions.includes(action) && !(action === 'void' && !view.conflict));
  return el('div', { class: 'actions' }, ...shown.map((action, index) => actionButton(action, index === 0, does)));
}

/** @param {Button} action @param {boolean} main @param {Does} does */
function actionButton(action, main, does) {
  const { word, keys } = ACTIONS[action];
  const hint = main && keys ? el('kbd', { 'aria-hidden': 'true' }, keys) : null;
  return el(
    'button',
    { type: 'button', class: main ? 'main' : null, 'data-action': action, 'aria-keyshortcuts': hint ? keys : null, onclick: () => does(action) },
    el('span', {}, t(word)),
    hint,
  );
}

/** @type {Record<Method, { heading: TextKey, hint: TextKey }>} */
const WAITING = {
  bankCard: { heading: 'wait.card', hint: 'wait.card_hint' },
  qrCustScan: { heading: 'wait.show_qr', hint: 'wait.show_qr_hint' },
  qrMerchScan: { heading: 'wait.scan_qr', hint: 'wait.scan_qr_hint' },
};

/**
 * The terminal is at work, or will be in a moment.
 * @param {PaymentView | null} view null until the shell has committed the payment
 * @param {Opening | null} opening
 */
export function waitingScene(view, opening) {
  const method = view?.method ?? opening?.method ?? 'bankCard';
  const amount = view ? money(view.amount, view.currency) : opening?.due;
  const cash = view ? cashOf(view) : (opening?.cash ?? null);
  const countdown = element('kaunter-countdown', { from: view?.sentAt, until: view?.deadlineAt });
  return [
    el('p', { class: 'where soft' }, icon('terminal'), view ? view.terminalName || view.terminalId : ' '),
    amountOrBoth(amount ?? ' ', cash),
    el('h1', { id: 'verdict' }, t(WAITING[method].heading)),
    el('p', { class: 'soft hint' }, t(WAITING[method].hint)),
    countdown,
    el('p', { class: 'small soft foot' }, t('wait.no_recall')),
    view ? el('p', { class: 'code' }, t('pay.reference', { reference: view.reference })) : el('p', { class: 'code' }, ' '),
  ];
}

/** @param {PaymentView} view */
function verdictHead(view) {
  const look = lookOf(view);
  return [
    el('span', { class: `verdict-mark ${look.tone}` }, icon(look.icon)),
    el('h1', { id: 'verdict', class: `verdict ${look.tone}` }, t(look.word)),
  ];
}

/** @param {PaymentView} view */
function conflictNote(view) {
  return view.conflict ? el('p', { class: 'warn-box' }, icon('warning'), el('span', {}, t('pay.conflict'))) : null;
}

/** What was taken of the ticket and what is still due, where there is more to it than this payment. @param {PaymentView} view */
function splitLine(view) {
  if (view.stillDue === null) return null;
  const due = t('taken.still_due', { amount: money(view.stillDue, view.currency) });
  return el('p', { class: 'still-due', 'data-still-due': true }, view.paidSoFar === null ? due : sentences(t('taken.so_far', { amount: money(view.paidSoFar, view.currency) }), due));
}

/** The cash that goes over the counter now that the card has paid for it. @param {PaymentView} view */
function handOver(view) {
  const cash = cashOf(view);
  return cash === null || view.conflict ? null : el('p', { class: 'hand-over good', 'data-hand-over': true }, t('cash.hand_over', { cash }));
}

/**
 * The money is taken.
 * @param {PaymentView} view
 * @param {Does} does
 */
export function yesScene(view, does) {
  return [
    ...verdictHead(view),
    handOver(view),
    amountsOf(view, view.cash === null ? 'loud' : 'quiet'),
    splitLine(view),
    el('p', { class: 'soft hint' }, paidWithText(view)),
    view.receipt ? el('p', { class: 'small soft' }, t('pay.receipt_number', { number: view.receipt })) : null,
    conflictNote(view),
    actions(view, does),
    // A part of the sale has no receipt of its own.
    view.stillDue === null ? element('kaunter-receipt-actions', { reference: view.reference }) : null,
    el('p', { class: 'small soft foot', 'data-next': true }),
  ].filter((node) => node !== null);
}

/**
 * No money was taken: why, what to try, and that it is safe.
 * @param {PaymentView} view
 * @param {Does} does
 */
export function noScene(view, does) {
  const { what, money: moved, todo, small } = explainPayment(view);
  return [
    ...verdictHead(view),
    amountsOf(view, 'quiet'),
    el('div', { class: 'why' }, el('p', { class: 'why-what' }, sentences(what, moved)), el('p', { class: 'soft' }, todo)),
    safeLine(view),
    splitLine(view),
    conflictNote(view),
    actions(view, does),
    el('p', { class: 'code' }, codeLine(small, view.reference)),
  ].filter((node) => node !== null);
}

/**
 * Nobody knows yet: hold the goods.
 * @param {PaymentView} view
 * @param {Does} does
 */
export function openScene(view, does) {
  const look = lookOf(view);
  return [
    el('span', { class: `badge big ${look.tone}` }, icon(look.icon), t(look.word)),
    el('h1', { id: 'verdict' }, holdText(view)),
    amountsOf(view),
    el('p', { class: 'soft hint', id: 'verdict-why' }, openText(view)),
    timeline(view),
    candidatePanel(view, 'h2'),
    safeLine(view),
    splitLine(view),
    conflictNote(view),
    actions(view, does),
    el('p', { class: 'code' }, codeLine(explainPayment(view).small, view.reference)),
  ].filter((node) => node !== null);
}

/** @param {PaymentView} view */
function openText(view) {
  if (!view.saved) return t('open.not_saved');
  if (view.state === 'pending') return t('open.pending');
  const { what, money: moved } = explainPayment(view);
  return what === '' ? t('open.unknown') : sentences(what, moved, t('open.finding_out'));
}

/** For support: the code and what came with it, and the payment's reference. @param {string} small @param {string} reference */
function codeLine(small, reference) {
  return small === '' ? t('pay.reference', { reference }) : t('pay.code_and_reference', { code: small, reference });
}

/** @param {PaymentView} view */
export function safeLine(view) {
  const tone = view.safeToChargeAgain ? 'good' : 'wait';
  return el(
    'p',
    { class: `safe ${tone}`, 'data-safe': true },
    icon(view.safeToChargeAgain ? 'check' : 'warning'),
    el('span', {}, sentences(t(view.safeToChargeAgain ? 'safe.yes' : 'safe.no'), safeText(view))),
  );
}
