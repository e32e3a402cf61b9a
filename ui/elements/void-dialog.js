//! Void, with a manager's approval: the whole amount goes back the way it was paid.
// @ts-check
import { cashOf } from '../lib/cash.js';
import { el } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { askApproval } from './approval.js';

/** @import { PaymentView } from '../types/ipc.js' */

/**
 * Asks, and starts the void if a manager agrees. The void's own payment, or null if nobody did.
 * @param {PaymentView} payment the payment to void
 * @returns {Promise<PaymentView | null>}
 */
export async function askToVoid(payment) {
  /** @type {PaymentView | null} */
  let started = null;
  const cash = cashOf(payment);
  await askApproval({
    title: t('void.title'),
    payment,
    more: [
      ...(cash === null ? [] : [el('p', { class: 'note wait' }, icon('cash'), el('span', {}, t('cash.void_how', { cash })))]),
      el('p', { class: 'soft small' }, t('void.on_terminal', { name: payment.terminalName || payment.terminalId })),
      el('p', { class: 'soft small' }, t('void.how')),
    ],
    go: t('action.void'),
    keep: t('void.keep'),
    run: async (approval) => {
      started = await call('void_payment', { reference: payment.reference, ...approval });
    },
  });
  return started;
}
