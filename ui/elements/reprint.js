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
  no_printer: { tone: 'quiet', word: 'reprint.no_printer' },
  not_known: { tone: 'quiet', word: 'reprint.not_known' },
  unreachable: { tone: 'quiet', word: 'reprint.unreachable' },
  refused: { tone: 'quiet', word: 'reprint.refused' },
  unknown: { tone: 'wait', word: 'reprint.unknown' },
};

/**
 * Asks the terminal once.
 * @param {string} reference the payment's
 * @returns {Promise<Slip>}
 */
export async function reprint(reference) {
  const { result, code } = await call('reprint', { reference });
  const { tone, word } = LOOKS[result];
  return { tone, words: t(word, { code: code ?? '' }) };
}
