//! Every code that the shell can give, what it says of money and where in a form it belongs. Exhaustive: a new code
//! without words or a place here fails the type check.
// @ts-check
import { explainGateway } from './codes.js';
import { sentences, t } from './text.js';

/**
 * @import { CommandError, ErrorCode } from '../types/ipc.js'
 * @typedef {'none' | 'not_moved'} Money whether the words must say that no money moved
 * @typedef {'posId' | 'password' | 'merchantId' | 'secretKey' | 'address' | 'path' | 'terminalId' | 'name' | 'pin' | 'price' | 'quantity' | 'rate' | 'digits' | 'note' | 'productIndex' | 'promoSale' | 'referenceLabel' | 'metadata' | 'printCount' | 'cash' | 'cashMost' | 'part' | 'given' | 'number' | 'code' | 'barcode' | 'picture' | 'connection' | 'lockAfterMinutes'} Place
 * @typedef {{ title: string, body: string, money: string, small: string }} Words
 */

/** @type {Record<ErrorCode, { money: Money, place?: Place }>} */
const ERRORS = {
  locked: { money: 'none' },
  not_allowed: { money: 'none' },
  wrong_pin: { money: 'none', place: 'pin' },
  pin_delayed: { money: 'none', place: 'pin' },
  pin_rules: { money: 'none', place: 'pin' },
  name_needed: { money: 'none', place: 'name' },
  name_too_long: { money: 'none', place: 'name' },
  last_manager: { money: 'none' },
  wrong_password: { money: 'none', place: 'password' },
  wrong_secret_key: { money: 'not_moved', place: 'secretKey' },
  wrong_pos_id: { money: 'none', place: 'posId' },
  wrong_merchant_id: { money: 'not_moved', place: 'merchantId' },
  account_locked: { money: 'none', place: 'password' },
  session_elsewhere: { money: 'none', place: 'posId' },
  clock_wrong: { money: 'not_moved' },
  gateway_refused: { money: 'none' },
  gateway_unreachable: { money: 'none', place: 'address' },
  gateway_address: { money: 'none', place: 'address' },
  gateway_unreadable: { money: 'none', place: 'address' },
  rate_limited: { money: 'none' },
  no_terminals: { money: 'none', place: 'terminalId' },
  keyring_missing: { money: 'none' },
  keyring_locked: { money: 'none' },
  store_busy: { money: 'none' },
  store_full: { money: 'none' },
  store_failed: { money: 'none' },
  store_newer: { money: 'none' },
  second_till: { money: 'none' },
  amount_empty: { money: 'not_moved', place: 'price' },
  amount_malformed: { money: 'not_moved', place: 'price' },
  amount_too_large: { money: 'not_moved', place: 'price' },
  ticket_empty: { money: 'not_moved' },
  ticket_frozen: { money: 'none' },
  ticket_begun: { money: 'not_moved' },
  ticket_too_long: { money: 'not_moved' },
  quantity: { money: 'none', place: 'quantity' },
  quantity_empty: { money: 'none', place: 'quantity' },
  quantity_malformed: { money: 'none', place: 'quantity' },
  quantity_whole: { money: 'none', place: 'quantity' },
  rate_empty: { money: 'none', place: 'rate' },
  rate_malformed: { money: 'none', place: 'rate' },
  rate_too_much: { money: 'none', place: 'rate' },
  nothing_to_park: { money: 'none' },
  ticket_in_the_way: { money: 'none' },
  unknown_ticket: { money: 'none' },
  no_last_sale: { money: 'none' },
  unknown_tax_class: { money: 'none' },
  tax_class_twice: { money: 'none', place: 'name' },
  tax_class_in_use: { money: 'none' },
  too_many_tax_classes: { money: 'none' },
  unknown_item: { money: 'none' },
  unknown_line: { money: 'none' },
  unknown_payment: { money: 'none' },
  unknown_staff: { money: 'none' },
  unknown_terminal: { money: 'none', place: 'terminalId' },
  no_terminal_chosen: { money: 'not_moved', place: 'terminalId' },
  terminal_working: { money: 'none' },
  binding_refused: { money: 'none' },
  prebind_refused: { money: 'none' },
  prebind_changed: { money: 'none' },
  terminal_held: { money: 'not_moved' },
  channel_needed: { money: 'not_moved' },
  same_amount_open: { money: 'not_moved' },
  digits_differ: { money: 'none', place: 'digits' },
  manager_needed: { money: 'none' },
  nothing_to_confirm: { money: 'none' },
  not_safe_to_charge: { money: 'not_moved' },
  not_voidable: { money: 'not_moved' },
  already_voided: { money: 'not_moved' },
  void_in_doubt: { money: 'not_moved' },
  open_payments: { money: 'none' },
  not_training: { money: 'none' },
  not_set_up: { money: 'not_moved' },
  text_too_long: { money: 'none', place: 'name' },
  pos_id_needed: { money: 'none', place: 'posId' },
  password_needed: { money: 'none', place: 'password' },
  merchant_id_needed: { money: 'none', place: 'merchantId' },
  secret_key_needed: { money: 'none', place: 'secretKey' },
  account_busy: { money: 'none' },
  account_changing: { money: 'not_moved' },
  other_account: { money: 'not_moved' },
  set_up_already: { money: 'none' },
  test_amount: { money: 'not_moved' },
  callback_address: { money: 'none', place: 'address' },
  callback_path: { money: 'none', place: 'path' },
  callback_in_training: { money: 'none', place: 'address' },
  file_failed: { money: 'none' },
  note_invalid: { money: 'not_moved', place: 'note' },
  product_invalid: { money: 'not_moved', place: 'productIndex' },
  promo_invalid: { money: 'not_moved', place: 'promoSale' },
  promo_needs_card: { money: 'not_moved' },
  label_invalid: { money: 'not_moved', place: 'referenceLabel' },
  metadata_invalid: { money: 'not_moved', place: 'metadata' },
  slips_invalid: { money: 'not_moved', place: 'printCount' },
  cash_not_allowed: { money: 'not_moved', place: 'cash' },
  cash_needs_card: { money: 'not_moved' },
  cash_rules: { money: 'none', place: 'cashMost' },
  lock_after: { money: 'none', place: 'lockAfterMinutes' },
  nothing_due: { money: 'not_moved' },
  due_changed: { money: 'not_moved' },
  more_than_due: { money: 'not_moved', place: 'part' },
  cash_not_enough: { money: 'not_moved', place: 'given' },
  no_coin: { money: 'not_moved', place: 'part' },
  ticket_returned: { money: 'not_moved' },
  not_current: { money: 'not_moved' },
  not_partly_paid: { money: 'not_moved' },
  partly_paid: { money: 'none' },
  proof_invalid: { money: 'not_moved', place: 'number' },
  proof_known: { money: 'not_moved', place: 'number' },
  return_nothing: { money: 'not_moved' },
  return_too_much: { money: 'not_moved' },
  return_more_than_paid: { money: 'not_moved' },
  return_not_paid: { money: 'not_moved' },
  return_only_whole: { money: 'not_moved' },
  leg_not_voidable: { money: 'not_moved' },
  return_not_the_whole: { money: 'not_moved' },
  return_changed: { money: 'not_moved' },
  returned_already: { money: 'not_moved' },
  not_printable: { money: 'none' },
  printing: { money: 'none' },
  no_printer: { money: 'none', place: 'connection' },
  no_receipt: { money: 'none' },
  receipt_too_soon: { money: 'none' },
  receipt_not_printed: { money: 'none' },
  receipt_perhaps_printed: { money: 'none' },
  drawer_shut: { money: 'none' },
  printer_address: { money: 'none', place: 'connection' },
  code_taken: { money: 'none', place: 'code' },
  barcode_taken: { money: 'none', place: 'barcode' },
  sold_out: { money: 'not_moved' },
  barcode_invalid: { money: 'none', place: 'barcode' },
  too_many_barcodes: { money: 'none', place: 'barcode' },
  picture_too_large: { money: 'none', place: 'picture' },
  picture_invalid: { money: 'none', place: 'picture' },
  import_mistakes: { money: 'none' },
  import_changed: { money: 'none' },
  table_too_large: { money: 'none' },
  table_too_many_rows: { money: 'none' },
  table_not_text: { money: 'none' },
  table_empty: { money: 'none' },
  table_no_headings: { money: 'none' },
  table_heading_twice: { money: 'none' },
  screen_gone: { money: 'none' },
  nothing_waits: { money: 'none' },
  internal: { money: 'none' },
};

/**
 * What happened, whether money moved, what to do; the code in small print for support.
 * @param {CommandError} error
 * @returns {Words}
 */
export function explain(error) {
  /** @type {ErrorCode} */
  const code = error.code in ERRORS ? error.code : 'internal';
  const [title = '', body = ''] = t(`error.${code}`, { seconds: error.waitSeconds ?? 0, detail: error.detail ?? '' }).split('\n');
  // The gateway's code says more than that it refused.
  const said = code === 'gateway_refused' && error.gatewayCode !== undefined ? explainGateway(error.gatewayCode) : null;
  if (said) return { title: said.what, body: said.todo, money: t('money.nothing'), small: `${error.code} · ${error.gatewayCode}` };
  return {
    title,
    body,
    money: ERRORS[code].money === 'not_moved' ? t('error.money.not_moved') : '',
    small: error.message ? `${error.code} · ${error.message}` : error.code,
  };
}

/** The field of a form that an error belongs to. @param {CommandError} error */
export const placeOf = (error) => ERRORS[error.code]?.place ?? null;

/** One line for a place with little room. @param {CommandError} error */
export function explainShort(error) {
  const { title, body } = explain(error);
  return sentences(title, body);
}
