//! Words by key, so that no screen holds a sentence of its own and a language is one file.
// @ts-check
import { learn, wordsOf } from './languages.js';

/**
 * @typedef {import('./languages.js').TextKey} TextKey
 * @typedef {import('./languages.js').Language} Language
 * @typedef {Language | 'system'} LanguageChoice
 */

/** What each language calls itself: who looks for theirs can read it whatever is spoken now. @type {Record<Language, string>} */
export const LANGUAGE_NAMES = { en: 'English', ms: 'Bahasa Malaysia', zh: '简体中文' };

/** For the document, for readers, and for dates. @type {Record<Language, string>} */
export const LANGUAGE_TAGS = { en: 'en-GB', ms: 'ms-MY', zh: 'zh-Hans' };

/** @type {Language} */
let now = 'en';
/** The last that was asked for: it may still be on its way. @type {Language} */
let wanted = now;
const spoken = new EventTarget();

/** The language that is spoken now. */
export const language = () => now;

/** The words that are spoken now. */
export const wordsNow = () => wordsOf(now);

/**
 * Speaks another language as soon as its words are there, and tells everybody who shows words. Of several choices the
 * last one stands.
 * @param {LanguageChoice} choice
 */
export async function speak(choice) {
  wanted = choice === 'system' ? ofSystem(navigator.languages) : choice;
  const next = wanted;
  if (next === now) return;
  await learn(next);
  if (next !== wanted || next === now) return;
  now = next;
  spoken.dispatchEvent(new Event('change'));
}

/**
 * The first of the system's languages that there are texts in; English if there is none.
 * @param {readonly string[]} tags such as "ms-MY"
 * @returns {Language}
 */
export function ofSystem(tags) {
  for (const tag of tags) {
    const name = tag.toLowerCase().split('-')[0] ?? '';
    if (name === 'en' || name === 'ms' || name === 'zh') return name;
  }
  return 'en';
}

/**
 * Calls `take` after each change of language, until `signal` says stop.
 * @param {() => void} take
 * @param {AbortSignal} signal
 */
export const onLanguage = (take, signal) => spoken.addEventListener('change', take, { signal });

/**
 * The text for `key`, with each `{name}` replaced by the argument of that name.
 * @param {TextKey} key
 * @param {Record<string, string | number>} [args]
 */
export const t = (key, args = {}) => filled(wordsNow().texts[key], args);

/**
 * A sentence with its gaps filled; a gap without an argument stays as it is written.
 * @param {string} sentence
 * @param {Record<string, string | number>} args
 */
export const filled = (sentence, args) => sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in args ? String(args[name]) : whole));

/**
 * Sentences one after the other; Chinese ones need no blank between them. Empty ones are left out.
 * @param {...string} all
 */
export const sentences = (...all) => all.filter(Boolean).join(now === 'zh' ? '' : ' ');

/**
 * Writes the words into a fragment: `data-t` is the content, `data-t-label` the accessible name,
 * `data-t-hint` a placeholder. May be done again after a change of language.
 * @param {ParentNode} root
 */
export function fillIn(root) {
  for (const node of root.querySelectorAll('[data-t]')) {
    node.textContent = t(/** @type {TextKey} */ (node.getAttribute('data-t')));
  }
  for (const node of root.querySelectorAll('[data-t-label]')) {
    node.setAttribute('aria-label', t(/** @type {TextKey} */ (node.getAttribute('data-t-label'))));
  }
  for (const node of root.querySelectorAll('[data-t-hint]')) {
    node.setAttribute('placeholder', t(/** @type {TextKey} */ (node.getAttribute('data-t-hint'))));
  }
}
