//! Another slip from the terminal that took a payment. It moves no money, and nothing here asks twice by itself.
// @ts-check
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';

/**
 * @import { ReprintResult } from '../types/ipc.js'
 * @import { TextKey } from '../lib/text.js'
 * @typedef {{ tone: 'good' | 'wait' | 'quiet', words: string }} Slip what came of it
 */

/** @type {Record<ReprintResult, { tone: Slip['tone'], word: TextKey }>} */
const LOOKS = {
  printed: { tone: 'good', word: 'reprint.printed' },
  not_printed: { tone: 'quiet', word: 'reprint.not_printed' },
  unknown: { tone: 'wait', word: 'reprint.unknown' },
};

/**
 * Asks the terminal once.
 * @param {string} reference the payment's
 * @returns {Promise<Slip>}
 */
export async function reprint(reference) {
  const { result, explanation } = await call('reprint', { reference });
  const { tone, word } = LOOKS[result];
  return { tone, words: [t(word), explanation?.meaning, explanation?.next].filter(Boolean).join(' ') };
}
