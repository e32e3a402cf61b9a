//! Numbers in the language that is spoken.
// @ts-check
import { LANGUAGE_TAGS, language } from './text.js';

/** @type {Map<string, Intl.NumberFormat>} */
const made = new Map();

/** Making a format is slow, so each is made once. @param {string} name @param {Intl.NumberFormatOptions} shape */
function format(name, shape) {
  const key = `${language()} ${name}`;
  const known = made.get(key) ?? new Intl.NumberFormat(LANGUAGE_TAGS[language()], shape);
  made.set(key, known);
  return known;
}

/** "1,234" @param {number | bigint} count */
export const whole = (count) => format('whole', { maximumFractionDigits: 0 }).format(count);

/** By language. @type {Map<string, string>} */
const points = new Map();

/** What stands before the fraction. Asked for with every amount that is drawn, so each language is asked once. */
export function pointOf() {
  const known = points.get(language());
  if (known !== undefined) return known;
  const point = new Intl.NumberFormat(LANGUAGE_TAGS[language()], { minimumFractionDigits: 1 }).formatToParts(0).find(({ type }) => type === 'decimal')?.value ?? '.';
  points.set(language(), point);
  return point;
}

/** "70%" of 70 @param {number} hundredths */
export const percent = (hundredths) => format('percent', { style: 'unit', unit: 'percent', maximumFractionDigits: 0 }).format(hundredths);
