//! Before a second charge of an amount that is not settled yet: it may be the same customer, who came back.
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
    await unresolved.refresh();
    const { currency } = sale.ticket;
    const total = asked.part ?? tenders.due ?? (await sale.total());
    const open = unresolved.list.find((payment) => payment.amount === total && payment.kind !== 'void');
    // Settled in the meantime, or known to the shell alone: said as it is, and whoever stands there presses again.
    if (!open) return notices.show(refusal);
    const back = el('button', { type: 'button', onclick: () => dialog.close('back') }, t('same.back'));
    const dialog = el('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'same-title', 'aria-describedby': 'same-why' },
      el('h2', { id: 'same-title' }, t('same.title', { amount: money(total, currency) })),
      el('p', { class: 'soft', id: 'same-why' }, t('same.why', { terminal: open.terminalName || open.terminalId, age: ageOf(open.at) })),
      el('div', { class: 'actions end' }, back, el('button', { type: 'button', class: 'main', onclick: () => dialog.close('charge') }, t('same.charge'))),
    );
    const closed = openDialog(dialog);
    // The careful answer has the focus: a habit of pressing Enter must not charge twice.
    back.focus();
    const answer = await closed;
    if (answer === 'charge') checkout.pay(asked.method, asked.channel, true, asked.cash, asked.part);
    else if (answer === 'back') location.hash = `#/unresolved/${open.reference}`;
  });
}
