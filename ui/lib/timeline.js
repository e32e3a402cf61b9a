//! What happened to a payment, moment by moment, as a list that grows.
// @ts-check
import { el, keyed } from './dom.js';
import { timelineText } from './labels.js';
import { t } from './text.js';
import { toTheSecond } from './time.js';

/** @import { TimelineEntry } from '../types/ipc.js' */

/** @param {HTMLElement} list @param {TimelineEntry[]} entries */
export function drawTimeline(list, entries) {
  const before = list.childElementCount;
  keyed(list, entries, (entry, index) => `${index}:${entry.kind}:${entry.detail}`, (entry) =>
    el('li', {}, el('time', { datetime: entry.at }, toTheSecond(entry.at)), el('span', {}, timelineText(entry))),
  );
  if (list.childElementCount > before) list.scrollTop = list.scrollHeight;
}

/** @param {TimelineEntry[]} entries */
export function timeline(entries) {
  const list = el('ol', { class: 'timeline', tabindex: '0', 'aria-label': t('detail.timeline') });
  drawTimeline(list, entries);
  return list;
}
