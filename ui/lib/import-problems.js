//! What is wrong with a row of a file of items, and what to do, in words. Exhaustive: a new problem without words fails the
//! type check.
// @ts-check
import { filled, t } from './text.js';

/**
 * @import { ImportMistake, ImportWords, RowProblem } from '../types/ipc.js'
 * @import { TextKey } from './text.js'
 */

/** @type {Record<RowProblem, TextKey>} */
const PROBLEMS = {
  name_missing: 'import.name_missing',
  name_too_long: 'import.name_too_long',
  price_missing: 'import.price_missing',
  price_wrong: 'import.price_wrong',
  price_too_large: 'import.price_too_large',
  category_too_long: 'import.category_too_long',
  code_too_long: 'import.code_too_long',
  code_rounded: 'import.code_rounded',
  barcode_wrong: 'import.barcode_wrong',
  barcode_rounded: 'import.barcode_rounded',
  too_many_barcodes: 'import.too_many_barcodes',
  tax_unknown: 'import.tax_unknown',
  unit_unknown: 'import.unit_unknown',
  sold_out_unknown: 'import.sold_out_unknown',
  line_break: 'import.line_break',
  quote_open: 'import.quote_open',
  letters_lost: 'import.letters_lost',
  too_many_cells: 'import.too_many_cells',
  code_twice: 'import.code_twice',
  barcode_twice: 'import.barcode_twice',
  name_twice: 'import.name_twice',
  item_twice: 'import.item_twice',
  barcode_taken: 'import.barcode_taken',
  several_fit: 'import.several_fit',
};

/** @param {ImportMistake} mistake */
export const problemText = ({ problem, value, other }) => filled(t(PROBLEMS[problem]), { value, other });

/** All of them in the language that is spoken, for the file that is mended in a spreadsheet. @returns {ImportWords} */
export const problemWords = () => ({
  line: t('import.line'),
  problem: t('import.problem'),
  problems: /** @type {[RowProblem, TextKey][]} */ (Object.entries(PROBLEMS)).map(([problem, key]) => ({ problem, words: t(key) })),
});
