//! The languages that have been learnt: English at once, another when it is first spoken, so that a till loads only the
//! words that it says.
// @ts-check
import { codes } from './codes/en.js';
import { en } from './text/en.js';

/**
 * @import { Codes } from './codes.js'
 * @typedef {keyof typeof en} TextKey
 * @typedef {Record<TextKey, string>} Texts every language has every text
 * @typedef {{ texts: Texts, codes: Codes }} Words
 * @typedef {'en' | 'ms' | 'zh'} Language
 */

/** @type {Record<Exclude<Language, 'en'>, () => Promise<Words>>} */
const LEARN = {
  ms: async () => ({ texts: (await import('./text/ms.js')).ms, codes: (await import('./codes/ms.js')).codes }),
  zh: async () => ({ texts: (await import('./text/zh.js')).zh, codes: (await import('./codes/zh.js')).codes }),
};

/** @type {Words} */
const english = { texts: en, codes };
/** @type {Map<Language, Words>} */
const learnt = new Map([['en', english]]);

/** The words of a language; English for one that was not learnt. @param {Language} language @returns {Words} */
export const wordsOf = (language) => learnt.get(language) ?? english;

/** Makes a language's words ready. Rejects if they cannot be had. @param {Language} language */
export async function learn(language) {
  if (language === 'en' || learnt.has(language)) return;
  learnt.set(language, await LEARN[language]());
}
