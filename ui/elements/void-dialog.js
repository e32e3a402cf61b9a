//! Void, with a manager's approval: shows what is voided before it asks, and changes nobody's session.
// @ts-check
import { el, find, fragment } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { asCommandError, call } from '../lib/ipc.js';
import { paidWithText } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { dateAndTime } from '../lib/time.js';
import { session } from '../models/till.js';
import { KaunterPinPad } from './pin-pad.js';

/** @import { PaymentView } from '../types/ipc.js' */

/**
 * Asks, and starts the void if a manager agrees. The void's own payment, or null if nobody did.
 * @param {PaymentView} payment the payment to void
 * @returns {Promise<PaymentView | null>}
 */
export async function askToVoid(payment) {
  const dialog = find(fragment('void'), 'dialog', HTMLDialogElement);
  find(dialog, '[data-amount]', HTMLElement).textContent = money(payment.amount, payment.currency);
  find(dialog, '[data-paid]', HTMLElement).textContent = paidWithText(payment);
  find(dialog, '[data-when]', HTMLElement).textContent = dateAndTime(payment.at);
  find(dialog, '[data-terminal]', HTMLElement).textContent = t('void.on_terminal', { name: payment.terminalName || payment.terminalId });
  const pad = find(dialog, '[data-pad]', KaunterPinPad);
  pad.setAttribute('go', t('action.void'));
  drawManagers(find(dialog, '[data-managers]', HTMLElement), () => pad.focus());
  find(dialog, '[data-cancel]', HTMLElement).addEventListener('click', () => dialog.close());

  /** @type {PaymentView | null} */
  let started = null;
  const approve = single(async (/** @type {string} */ pin) => {
    const chosen = find(dialog, 'input[name=manager]:checked', HTMLInputElement);
    try {
      started = await call('void_payment', { reference: payment.reference, managerId: Number(chosen.value), pin });
      dialog.close();
    } catch (thrown) {
      pad.refuse(asCommandError(thrown));
    }
  });
  pad.addEventListener('enter', (event) => approve(/** @type {CustomEvent<string>} */ (event).detail));
  const closed = openDialog(dialog);
  pad.focus();
  await closed;
  return started;
}

/** @param {HTMLElement} place @param {() => void} chosen */
function drawManagers(place, chosen) {
  const managers = session.view.staff.filter((person) => person.role === 'manager');
  const own = managers.find((person) => person.id === session.view.session?.id) ?? managers[0];
  place.replaceChildren(
    ...managers.map((person) =>
      el(
        'label',
        { class: 'choice' },
        el('input', { type: 'radio', name: 'manager', value: person.id, checked: person === own, onchange: chosen }),
        el('span', {}, person.name),
      ),
    ),
  );
}
