//! Before money is taken a second time for an amount that is not settled yet: it may be the same customer, who came back.
// @ts-check
import { el } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { money } from '../lib/money.js';
import { t } from '../lib/text.js';
import { ageOf } from '../lib/time.js';
import { checkout, notices, sale, tenders, unresolved } from '../models/till.js';

/** @import { Asked } from '../models/checkout.js' */

/**
 * Asks, and then charges or shows the payment that is not settled.
 * @param {Asked} asked
 * @param {unknown} refusal what the shell said
 */
export async function askSameAmount(asked, refusal) {
  await notices.attempt(async () => {
    const amount = asked.part ?? tenders.due ?? (await sale.total());
    switch (await isAnotherCustomer(amount, t('same.charge'))) {
      case 'another':
        checkout.pay(asked.method, asked.channel, true, asked.cash, asked.part);
        break;
      // Whoever stands there presses again.
      case 'settled':
        notices.show(refusal);
    }
  });
}

/**
 * Whether money is taken from another customer than the one of a payment of this amount that is not settled. Whoever goes
 * back goes to that payment.
 * @param {string} amount a decimal
 * @param {string} go what taking the money is called
 * @returns {Promise<'another' | 'settled' | 'no'>} *settled*: it is, in the meantime, or the shell alone knows of it
 */
export async function isAnotherCustomer(amount, go) {
  await unresolved.refresh();
  const open = unresolved.list.find((payment) => payment.amount === amount && payment.kind !== 'void');
  if (!open) return 'settled';
  const back = el('button', { type: 'button', onclick: () => dialog.close('back') }, t('same.back'));
  const dialog = el('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'same-title', 'aria-describedby': 'same-why' },
    el('h2', { id: 'same-title' }, t('same.title', { amount: money(amount, sale.ticket.currency) })),
    el('p', { class: 'soft', id: 'same-why' }, t('same.why', { terminal: open.terminalName || open.terminalId, age: ageOf(open.at) })),
    el('div', { class: 'actions end' }, back, el('button', { type: 'button', class: 'main', onclick: () => dialog.close('another') }, go)),
  );
  const closed = openDialog(dialog);
  // The careful answer has the focus: a habit of pressing Enter must not take money twice.
  back.focus();
  const answer = await closed;
  if (answer === 'back') location.hash = `#/unresolved/${open.reference}`;
  return answer === 'another' ? 'another' : 'no';
}
