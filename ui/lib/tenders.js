//! How what was taken or given back without the gateway is called, in one place for all screens.
// @ts-check
import { withCash } from './cash.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { badge, channelText } from './labels.js';
import { money } from './money.js';
import { t } from './text.js';

/**
 * @import { EntryView, TenderView } from '../types/ipc.js'
 * @import { IconName } from './icons.js'
 * @import { Tone } from './labels.js'
 * @import { TextKey } from './text.js'
 */

/** @type {Record<TenderView['kind'], { name: TextKey, word: TextKey, tone: Tone, icon: IconName }>} */
const LOOKS = {
  cash: { name: 'tender.cash', word: 'tender.state.taken', tone: 'good', icon: 'check' },
  manual_card: { name: 'tender.by_hand', word: 'tender.state.unverified', tone: 'wait', icon: 'warning' },
  cash_back: { name: 'tender.cash_back', word: 'tender.state.returned', tone: 'bad', icon: 'undo' },
  portal: { name: 'tender.portal', word: 'tender.state.recorded', tone: 'bad', icon: 'undo' },
};

/** "Cash", "Card by hand · F99136" @param {TenderView} tender */
export function tenderName(tender) {
  const name = t(LOOKS[tender.kind].name);
  return tender.proof ? `${name} · ${tender.proof}` : name;
}

/** Its state in a word. @param {TenderView} tender */
export const tenderWord = (tender) => t(tender.undone ? 'tender.state.undone' : LOOKS[tender.kind].word);

/** A state as colour, icon and word together. @param {TenderView} tender */
export function tenderBadge(tender) {
  const { tone, icon: name } = tender.undone ? /** @type {const} */ ({ tone: 'quiet', icon: 'undo' }) : LOOKS[tender.kind];
  return el('span', { class: `badge ${tone}` }, icon(name), tenderWord(tender));
}

/** Whether the money went to the customer. @param {TenderView} tender */
export const isGivenBack = (tender) => tender.kind === 'cash_back' || tender.kind === 'portal';

/** What moved, with a sign where it went back. @param {TenderView} tender */
export function tenderAmount(tender) {
  const amount = money(tender.moved, tender.currency);
  return isGivenBack(tender) ? `− ${amount}` : amount;
}

/** The address of an entry in History. @param {EntryView} entry */
export const entryAddress = (entry) => ('tender' in entry ? `#/history/t-${entry.tender.reference}` : `#/history/${entry.payment.reference}`);

/** One leg of a sale: what, how much, and how it stands. @param {EntryView} leg @param {boolean} linked */
export function legRow(leg, linked) {
  const [name, amount, state] =
    'tender' in leg
      ? [tenderName(leg.tender), tenderAmount(leg.tender), tenderBadge(leg.tender)]
      : [[channelText(leg.payment), withCash(leg.payment)].filter(Boolean).join(' · '), money(leg.payment.amount, leg.payment.currency), badge(leg.payment)];
  const what = linked ? el('a', { href: entryAddress(leg) }, name) : el('span', {}, name);
  return el('li', {}, what, el('span', { class: 'money' }, amount), state);
}
