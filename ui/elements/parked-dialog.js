//! Tickets that wait under a name: the one at the counter is parked, another one comes back.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, tieFields } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { clearErrors, setBusy, showRefusal, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { ageOf } from '../lib/time.js';
import { sale } from '../models/till.js';

/** @import { ParkedView } from '../types/ipc.js' */

/** "Table 4", or "Ticket 0012" where no name was given. @param {Pick<ParkedView, 'id' | 'name'>} parked */
const nameOf = ({ id, name }) => name || ticketName(id);
/** @param {number} number */
const ticketName = (number) => t('sell.ticket_number', { number: String(number).padStart(4, '0') });

/** Opens the list; where something is on the ticket, with the field to park it under. */
export async function openParked() {
  const parked = await call('parked_tickets', {});
  const { ticket } = sale;
  const busy = ticket.lines.length > 0;
  const run = single(async (/** @type {() => Promise<void>} */ action) => {
    clearErrors(form);
    setBusy(form, true);
    try {
      await action();
      dialog.close('done');
    } catch (thrown) {
      showRefusal(form, thrown, { name: 'name' });
    } finally {
      setBusy(form, false);
    }
  });
  const park = async () => {
    const name = value(form, 'name');
    sale.take(await sale.inTurn(() => call('park_ticket', { name })));
    tell(t('park.parked', { name: name.trim() || ticketName(ticket.number) }));
  };
  const recall = async (/** @type {ParkedView} */ wanted) => {
    const instead = busy ? value(form, 'name') : null;
    sale.take(await sale.inTurn(() => call('recall_ticket', { ticketId: wanted.id, instead })));
    tell(t('park.recalled', { name: nameOf(wanted) }));
  };
  const form = el('form', { class: 'form', novalidate: true },
    el('h2', { id: 'parked-title' }, t('park.title')),
    busy
      ? el('div', { class: 'park-now' },
          el('div', { class: 'field' },
            el('label', {}, t('park.name')),
            el('input', { type: 'text', name: 'name', autocomplete: 'off', maxlength: '40', placeholder: ticketName(ticket.number) }),
            el('span', { class: 'soft small' }, t('park.name_hint')),
            el('span', { class: 'field-error', role: 'alert', 'data-error': 'name' })),
          el('button', { type: 'submit', class: 'main' }, t('park.park')))
      : null,
    parked.length === 0
      ? el('p', { class: 'soft' }, t('park.none'))
      : el('ul', { class: 'parked-list', 'aria-label': t('park.list') }, ...parked.map((one) =>
          el('li', {},
            el('span', { class: 'parked-name' }, el('b', {}, nameOf(one)),
              el('small', { class: 'soft' }, t('park.facts', { lines: one.lines, age: ageOf(one.since) }))),
            el('span', { class: 'money' }, money(one.total, ticket.currency)),
            el('button', { type: 'button', 'aria-label': t('park.recall_name', { name: nameOf(one) }), onclick: () => run(() => recall(one)) }, t('park.recall'))))),
    busy && parked.length > 0 ? el('p', { class: 'soft small' }, t('park.swap')) : null,
    el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
    el('div', { class: 'actions end' }, el('button', { type: 'button', onclick: () => dialog.close('') }, t('close'))));
  tieFields(form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy) run(park);
  });
  const dialog = el('dialog', { class: 'sheet-dialog parked-dialog', 'aria-labelledby': 'parked-title' }, form);
  const closed = openDialog(dialog);
  (form.querySelector('input') ?? form.querySelector('li button') ?? form.querySelector('button'))?.focus();
  await closed;
}
