//! What a price is the price of, beside it: "6.50 / kg".
// @ts-check
import { t } from './text.js';

/** @import { Unit } from '../types/ipc.js' */

/** The same in every language. @type {Record<Unit, string>} */
export const UNIT_SIGNS = { each: '', kilogram: 'kg', metre: 'm', litre: 'l' };

/** @param {Unit} unit */
export const unitName = (unit) => t(`unit.${unit}`);

/** A price with what it is for; nothing is said of pieces. @param {string} price @param {Unit} unit */
export const priceFor = (price, unit) => (unit === 'each' ? price : `${price} / ${UNIT_SIGNS[unit]}`);
