//! A card that was taken by hand on a terminal that the till cannot reach: the slip's number, and a manager's PIN. It is
//! marked as unverified from here on.
// @ts-check
import { el, tieFields } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { clearErrors, showError, value } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { t } from '../lib/text.js';
import { checkout, sale, tenders } from '../models/till.js';
import { askApproval } from './approval.js';

/** @import { ErrorCode } from '../types/ipc.js' */

/** Refusals that are about the number. @type {ReadonlySet<ErrorCode>} */
const ABOUT_NUMBER = new Set(['proof_invalid', 'proof_known']);

/**
 * Asks for slip and manager, and records the leg.
 * @param {string} part what the card paid, a decimal
 */
export async function askManualCard(part) {
  const { currency } = sale.ticket;
  const due = tenders.due ?? (await sale.total());
  const another = el('input', { type: 'checkbox', name: 'sure' });
  const sure = el('label', { class: 'check', hidden: true }, another, el('span', {}, t('byhand.another')));
  const form = el('form', { class: 'form', novalidate: true },
    el('div', { class: 'field' },
      el('label', {}, t('byhand.number')),
      el('input', { type: 'text', name: 'number', autocomplete: 'off', maxlength: 20, class: 'money', oninput: () => clearErrors(form) }),
      el('span', { class: 'soft small' }, t('byhand.number_hint')),
      el('span', { class: 'field-error', role: 'alert', 'data-error': 'number' })),
    el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
    sure);
  tieFields(form);
  await askApproval({
    title: t('byhand.title'),
    about: [
      el('p', { class: 'amount money' }, money(part, currency)),
      el('p', { class: 'warn-line' }, icon('warning'), el('span', {}, t('byhand.unverified_why'))),
    ],
    more: [form],
    go: t('byhand.go'),
    keep: t('cancel'),
    ready: () => {
      if (value(form, 'number').trim() !== '') return true;
      showError(form, 'number', t('byhand.number_needed'));
      return false;
    },
    refused: (error) => {
      if (ABOUT_NUMBER.has(error.code)) {
        showError(form, 'number', explainShort(error));
        return true;
      }
      if (error.code !== 'same_amount_open') return false;
      sure.hidden = false;
      showError(form, null, explainShort(error));
      another.focus();
      return true;
    },
    run: async ({ managerId, pin }) => {
      try {
        const taken = await sale.inTurn(() => call('take_manual_card', {
          form: { entry: sale.entry, part, due }, number: value(form, 'number'), sure: another.checked, managerId, pin,
        }));
        checkout.showTaken(taken);
      } catch (thrown) {
        await sale.afterRefusal();
        throw thrown;
      }
    },
  });
}
