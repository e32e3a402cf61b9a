//! What a manager says where no evidence does: charged or not, and that a conflict was seen to. Each with a reason.
// @ts-check
import { el, find, tieFields } from '../lib/dom.js';
import { clearErrors, showError, value } from '../lib/forms.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { timeline } from '../lib/timeline.js';
import { payments } from '../models/till.js';
import { askApproval } from './approval.js';

/**
 * @import { CommandError, PaymentView } from '../types/ipc.js'
 * @import { TextKey } from '../lib/text.js'
 */

/** As long as the shell takes. */
const LONGEST_REASON = 200;

/** A manager decides whether the customer was charged (or a void went through), after seeing the evidence. @param {PaymentView} payment */
export async function askToDecide(payment) {
  const isVoid = payment.kind === 'void';
  const form = el('form', { class: 'form', novalidate: true },
    el('fieldset', { class: 'field' },
      el('legend', { class: 'for-readers' }, t('decide.outcome')),
      el('div', { class: 'two' },
        outcome('charged', isVoid ? 'decide.voided' : 'decide.charged'),
        outcome('not_charged', isVoid ? 'decide.not_voided' : 'decide.not_charged')),
      el('span', { class: 'field-error', role: 'alert', 'data-error': 'outcome' })),
    reasonField(),
  );
  tieFields(form);
  await askApproval({
    title: t(isVoid ? 'decide.void_title' : 'decide.title'),
    payment,
    more: [timeline(payment), form],
    go: t('decide.go'),
    keep: t('decide.keep'),
    ready: () => {
      clearErrors(form);
      const reasoned = hasReason(form);
      if (value(form, 'outcome') !== '') return reasoned;
      showError(form, 'outcome', t('decide.outcome_needed'));
      find(form, 'input', HTMLInputElement).focus();
      return false;
    },
    refused: (error) => reasonRefused(form, error),
    run: async (approval) => {
      const charged = value(form, 'outcome') === 'charged';
      const reason = value(form, 'reason').trim();
      payments.take(await call('decide', { reference: payment.reference, charged, reason, ...approval }));
    },
  });
}

/** A manager has seen to a conflict. @param {PaymentView} payment */
export async function askToSettle(payment) {
  const form = el('form', { class: 'form', novalidate: true }, reasonField());
  tieFields(form);
  await askApproval({
    title: t('settle.title'),
    payment,
    more: [el('p', { class: 'soft small' }, t(payment.kind === 'void' ? 'settle.void_how' : 'settle.how')), timeline(payment), form],
    go: t('settle.go'),
    keep: t('decide.keep'),
    ready: () => {
      clearErrors(form);
      return hasReason(form);
    },
    refused: (error) => reasonRefused(form, error),
    run: async (approval) => {
      const reason = value(form, 'reason').trim();
      payments.take(await call('settle_conflict', { reference: payment.reference, reason, ...approval }));
    },
  });
}

/** @param {string} name @param {TextKey} word */
function outcome(name, word) {
  return el('label', { class: 'choice' }, el('input', { type: 'radio', name: 'outcome', value: name }), el('span', {}, t(word)));
}

function reasonField() {
  return el('div', { class: 'field' },
    el('label', {}, t('decide.reason')),
    el('input', { type: 'text', name: 'reason', autocomplete: 'off', required: true, maxlength: LONGEST_REASON, placeholder: t('decide.reason_hint') }),
    el('span', { class: 'field-error', role: 'alert', 'data-error': 'reason' }));
}

/** @param {HTMLFormElement} form */
function hasReason(form) {
  if (value(form, 'reason').trim() !== '') return true;
  showError(form, 'reason', t('decide.reason_needed'));
  return false;
}

/** The shell calls a missing or too long text by the same codes everywhere; here it is the reason. @param {HTMLFormElement} form @param {CommandError} error */
function reasonRefused(form, error) {
  if (error.code !== 'name_needed' && error.code !== 'name_too_long' && error.code !== 'text_too_long') return false;
  showError(form, 'reason', t(error.code === 'name_needed' ? 'decide.reason_needed' : 'decide.reason_long'));
  return true;
}
