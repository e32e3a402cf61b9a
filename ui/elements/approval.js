//! A manager's approval of one action: shows what is approved, asks for the PIN, and changes nobody's session.
// @ts-check
import { cashLine } from '../lib/cash.js';
import { el, find, fragment } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { asCommandError } from '../lib/ipc.js';
import { paidWithText } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { joined } from '../lib/single.js';
import { dateAndTime } from '../lib/time.js';
import { notices, session } from '../models/till.js';
import { KaunterPinPad } from './pin-pad.js';

/**
 * @import { CommandError, PaymentView } from '../types/ipc.js'
 * @typedef {{ managerId: number, pin: string }} Approval
 * @typedef {object} Ask
 * @property {string} title
 * @property {PaymentView} [payment] what it is about
 * @property {Node[]} [about] the same, where it is no payment
 * @property {Node[]} more what else has to be read or filled in before the PIN
 * @property {string} go the word on the key that approves
 * @property {string} keep the word on the button that leaves everything as it is
 * @property {() => boolean} [ready] whether all is filled in; it shows what is missing
 * @property {(error: CommandError) => boolean} [refused] shows a refusal in its own place; false: it belongs to the PIN
 * @property {(approval: Approval) => Promise<unknown>} run
 */

/**
 * Asks until a manager's PIN was taken or somebody goes back. True if it was approved and done.
 * @param {Ask} ask
 * @returns {Promise<boolean>}
 */
export async function askApproval(ask) {
  const dialog = find(fragment('approval'), 'dialog', HTMLDialogElement);
  find(dialog, '[data-title]', HTMLElement).textContent = ask.title;
  find(dialog, '[data-what]', HTMLElement).append(...(ask.payment ? about(ask.payment) : (ask.about ?? [])));
  find(dialog, '[data-more]', HTMLElement).append(...ask.more);
  const pad = find(dialog, '[data-pad]', KaunterPinPad);
  pad.setAttribute('go', ask.go);
  drawManagers(find(dialog, '[data-managers]', HTMLElement), () => pad.focus());
  const cancel = find(dialog, '[data-cancel]', HTMLButtonElement);
  cancel.textContent = ask.keep;
  cancel.addEventListener('click', () => dialog.close());

  let done = false;
  /** What was approved is on its way: what becomes of it is waited for, even if the till locks meanwhile. */
  let running = Promise.resolve();
  const approve = joined(async (/** @type {string} */ pin) => {
    if (ask.ready && !ask.ready()) return;
    const chosen = find(dialog, 'input[name=manager]:checked', HTMLInputElement);
    dialog.setAttribute('aria-busy', 'true');
    cancel.disabled = true;
    try {
      await ask.run({ managerId: Number(chosen.value), pin });
      done = true;
      dialog.close();
    } catch (thrown) {
      const error = asCommandError(thrown);
      // Closed by the lock: said above the screen, where it is not lost.
      if (!dialog.open) notices.show(thrown);
      else if (!ask.refused?.(error)) pad.refuse(error);
    } finally {
      dialog.removeAttribute('aria-busy');
      cancel.disabled = false;
    }
  });
  pad.addEventListener('enter', (event) => (running = approve(/** @type {CustomEvent<string>} */ (event).detail)));
  for (const form of dialog.querySelectorAll('form')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      pad.focus();
    });
  }
  const closed = openDialog(dialog);
  // The newest evidence is what is decided on.
  for (const list of dialog.querySelectorAll('.timeline')) list.scrollTop = list.scrollHeight;
  const first = dialog.querySelector('form :is(input, textarea)');
  if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  else pad.focus();
  await closed;
  await running;
  return done;
}

/** The payment, so that nobody approves another one. @param {PaymentView} payment */
function about(payment) {
  return [
    el('p', { class: 'amount money' }, money(payment.amount, payment.currency)),
    ...[cashLine(payment)].filter((line) => line !== null),
    el('p', {}, paidWithText(payment)),
    el('p', { class: 'soft' }, `${dateAndTime(payment.at)} · ${payment.terminalName || payment.terminalId}`),
  ];
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
