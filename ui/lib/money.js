//! Amounts as they are written. Only strings are handled here: the page never computes money.
// @ts-check
import { whole as wholeNumber, pointOf } from './numbers.js';

/** Signs that customers know better than the three-letter code. @type {Record<string, string>} */
const SIGNS = { MYR: 'RM' };

/**
 * "RM 1,250.00" from the shell's "1250.00". A plain blank, so that searching the page for it finds it.
 * @param {string} amount decimal string with a point
 * @param {string} currency ISO 4217 code
 */
export function money(amount, currency) {
  return `${SIGNS[currency] ?? currency} ${grouped(amount)}`;
}

/**
 * The amount alone, with the thousands set apart.
 * @param {string} amount decimal string with a point
 */
export function grouped(amount) {
  const [whole = '0', fraction] = amount.split('.');
  const sign = whole.startsWith('-') ? '−' : '';
  const digits = whole.replace(/^-/, '') || '0';
  const shown = /^\d+$/.test(digits) ? wholeNumber(BigInt(digits)) : digits;
  return sign + shown + (fraction === undefined ? '' : pointOf() + fraction);
}

/**
 * How many digits follow the point in an amount that the shell wrote.
 * @param {string} amount
 */
export function fractionDigits(amount) {
  return amount.split('.')[1]?.length ?? 0;
}

/**
 * What typed keys look like as an amount: "1250" is 12.50 (from the cents), "12.5" is shown as typed with
 * the missing digits added. The shell reads the keys again and decides.
 * @param {string} keys digits with at most one point
 * @param {number} places digits after the point
 */
export function preview(keys, places) {
  if (keys.includes('.')) {
    const [whole = '', fraction = ''] = keys.split('.');
    return grouped(`${whole || '0'}.${fraction.padEnd(places, '0')}`);
  }
  const digits = keys.replace(/^0+/, '').padStart(places + 1, '0');
  const cut = digits.length - places;
  return grouped(places ? `${digits.slice(0, cut)}.${digits.slice(cut)}` : digits);
}
