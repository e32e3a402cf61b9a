//! The newest page of the history over what was loaded of it before: news of a payment must not take away the older pages that
//! somebody has asked for.
// @ts-check

/**
 * @import { EntryView, HistoryPage, HistoryRow, PaymentView } from '../types/ipc.js'
 */

/** @param {EntryView} entry */
const referenceOf = (entry) => ('tender' in entry ? entry.tender.reference : entry.payment.reference);

/**
 * The rows now, newest first, and where the next page begins. What is older than the newest page stays; where the two do not
 * meet, as after more news than a page holds, the newest page stands alone.
 * @param {HistoryPage} newest
 * @param {HistoryPage} before what was shown, under the same filter
 * @param {(reference: string) => Pick<PaymentView, 'state' | 'paidWith' | 'receipt'> | null} known the newest that was heard of a payment
 * @returns {HistoryPage}
 */
export function withOlder(newest, before, known) {
  const last = newest.rows.at(-1);
  // A page without a next one is all there is.
  if (!last || newest.next === null) return newest;
  const meets = before.rows.findIndex((entry) => referenceOf(entry) === referenceOf(last));
  const older = meets < 0 ? [] : before.rows.slice(meets + 1);
  if (older.length === 0) return newest;
  const there = new Set(newest.rows.map(referenceOf));
  return { rows: [...newest.rows, ...older.filter((entry) => !there.has(referenceOf(entry))).map((entry) => asKnown(entry, known))], next: before.next };
}

/** The older page was asked for a while ago; what was heard of its payments since is said. @param {EntryView} entry @param {Parameters<typeof withOlder>[2]} known @returns {EntryView} */
function asKnown(entry, known) {
  if ('tender' in entry) return entry;
  const news = known(entry.payment.reference);
  if (!news) return entry;
  const { state, paidWith, receipt } = news;
  return { payment: /** @type {HistoryRow} */ ({ ...entry.payment, state, paidWith, receipt }) };
}
