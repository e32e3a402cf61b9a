//! What became of a print, in words: whether there is paper, why not, and what to do.
// @ts-check
import { t } from './text.js';

/**
 * @import { PrintView } from '../types/ipc.js'
 * @typedef {'good' | 'wait' | 'quiet' | 'bad'} Tone
 */

/** @param {PrintView} print @returns {{ tone: Tone, words: string }} */
export function receiptWords({ state, trouble, copy }) {
  const why = trouble ? t(`print.trouble.${trouble}`) : '';
  switch (state) {
    case 'printed':
      return { tone: 'good', words: t(copy > 1 ? 'print.yes_copy' : 'print.yes') };
    case 'sent':
      return { tone: 'quiet', words: t('print.sent') };
    case 'not_printed':
      return { tone: 'bad', words: t('print.no', { why }) };
    case 'perhaps_printed':
      return { tone: 'wait', words: t('print.perhaps', { why }) };
  }
}

/** @param {PrintView} print @returns {{ tone: Tone, words: string }} */
export function testWords({ state, trouble }) {
  const why = trouble ? t(`print.trouble.${trouble}`) : '';
  switch (state) {
    case 'printed':
      return { tone: 'good', words: t('print.test_yes') };
    case 'sent':
      return { tone: 'quiet', words: t('print.test_sent') };
    case 'not_printed':
      return { tone: 'bad', words: t('print.test_no', { why }) };
    case 'perhaps_printed':
      return { tone: 'wait', words: t('print.test_perhaps', { why }) };
  }
}

/** What the button says that prints next. @param {PrintView | null} print */
export function nextPrint(print) {
  switch (print?.state) {
    case undefined:
      return t('print.action');
    case 'not_printed':
      return t('print.again');
    case 'printed':
    case 'sent':
    case 'perhaps_printed':
      return t('print.duplicate');
  }
}
