//! A verdict as the customer reads it, all that is said of one payment, drawn anew for each; and the rows above the total.
// @ts-check
import { money } from './money.js';
import { t } from './text.js';

/**
 * @import { CustomerView } from '../types/ipc.js'
 * @import { IconName } from './icons.js'
 * @import { TextKey } from './text.js'
 * @import { Scene } from '../models/customer.js'
 * @typedef {'good' | 'bad' | 'wait' | 'quiet'} Tone
 * @typedef {{ tone: Tone, icon: IconName, word: TextKey, why: TextKey | null }} Look
 * @typedef {object} Verdict
 * @property {Tone} tone
 * @property {IconName} icon
 * @property {string} word
 * @property {string} amount empty where none is named
 * @property {string} why empty where there is nothing to add
 * @property {string} change what the customer gets back; empty for nothing
 */

/** @type {Partial<Record<Scene, Look>>} */
const LOOKS = {
  approved: { tone: 'good', icon: 'check', word: 'customer.approved', why: null },
  paid: { tone: 'good', icon: 'check', word: 'customer.thanks', why: null },
  thanks: { tone: 'good', icon: 'check', word: 'customer.thanks', why: 'customer.see_you' },
  declined: { tone: 'bad', icon: 'cross', word: 'customer.declined', why: 'customer.not_charged_why' },
  not_charged: { tone: 'bad', icon: 'none', word: 'customer.not_charged', why: 'customer.not_charged_why' },
  checking: { tone: 'wait', icon: 'clock', word: 'customer.checking', why: 'customer.checking_why' },
  returned: { tone: 'quiet', icon: 'undo', word: 'customer.returned', why: 'customer.returned_why' },
};

/**
 * What a scene says; null for one that is no verdict.
 * @param {Scene} scene
 * @param {Pick<CustomerView, 'amount' | 'change' | 'currency'>} view
 * @returns {Verdict | null}
 */
export function verdictOf(scene, view) {
  const look = LOOKS[scene];
  if (!look) return null;
  const amount = view.amount === null ? '' : money(view.amount, view.currency);
  // Thanks are for everything: the figures have been read.
  const over = scene === 'thanks';
  return {
    tone: look.tone,
    icon: look.icon,
    word: t(look.word),
    amount: over ? '' : amount,
    why: look.why ? t(look.why, { amount }) : '',
    change: over || view.change === null ? '' : t('customer.change', { amount: money(view.change, view.currency) }),
  };
}

/**
 * What stands between the lines and the total.
 * @param {Pick<CustomerView, 'taxes' | 'included' | 'off' | 'paid' | 'total' | 'currency'>} view
 * @returns {[string, string][]}
 */
export function sumsOf(view) {
  const taxes = view.taxes.map((tax) => /** @type {[string, string]} */ ([
    t(view.included ? 'customer.tax_in' : 'customer.tax', { name: tax.name || t('sums.tax_unnamed'), rate: tax.rate }), money(tax.tax, view.currency)]));
  /** @type {[string, string][]} */
  const discount = view.off === null ? [] : [[t('customer.discount'), `−${money(view.off, view.currency)}`]];
  /** @type {[string, string][]} */
  const parts = view.paid === null ? [] : [[t('customer.total'), money(view.total, view.currency)], [t('customer.paid'), money(view.paid, view.currency)]];
  return [...discount, ...taxes, ...parts];
}
