//! What happened to a payment, moment by moment, as a list that grows.
// @ts-check
import { el, keyed } from './dom.js';
import { gradeText, timelineText } from './labels.js';
import { t } from './text.js';
import { toTheSecond } from './time.js';

/** @import { PaymentView, TimelineEntry } from '../types/ipc.js' */

/** While one of these lasts, the till goes on asking. */
const ASKED_ABOUT = new Set(['unknown', 'pending']);

/**
 * Brings the list up to date; the words of what is new, or "".
 * @param {HTMLElement} list
 * @param {PaymentView} payment
 */
export function drawTimeline(list, payment) {
  const before = list.querySelectorAll('time').length;
  /** @type {(TimelineEntry | null)[]} */
  const entries = ASKED_ABOUT.has(payment.state) ? [...payment.timeline, null] : payment.timeline;
  keyed(list, entries, (entry, index) => (entry ? `${index}:${entry.kind}:${entry.detail}` : 'next'), (entry) =>
    entry
      ? el('li', {}, el('time', { datetime: entry.at }, toTheSecond(entry.at)), el('span', {}, timelineText(entry, payment)), grade(entry))
      : el('li', { class: 'next' }, el('span', { class: 'working', 'aria-hidden': 'true' }), el('span', {}, t('timeline.asks_again'))),
  );
  const newest = payment.timeline.at(-1);
  if (!newest || payment.timeline.length === before) return '';
  list.scrollTop = list.scrollHeight;
  return timelineText(newest, payment);
}

/** @param {TimelineEntry} entry */
function grade(entry) {
  return entry.grade ? el('span', { class: `grade ${entry.grade}` }, gradeText(entry.grade)) : null;
}

/** @param {PaymentView} payment */
export function timeline(payment) {
  const list = el('ol', { class: 'timeline', tabindex: '0', 'aria-label': t('detail.timeline') });
  drawTimeline(list, payment);
  return list;
}
