//! A transaction that may be the payment: only somebody at the counter can say whether it is this customer's.
// @ts-check
import { withCash } from '../lib/cash.js';
import { el, tieFields } from '../lib/dom.js';
import { clearErrors, showError, showRefusal, value } from '../lib/forms.js';
import { asCommandError, call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { terminalTime } from '../lib/time.js';
import { payments } from '../models/till.js';
import { askApproval } from './approval.js';

/** @import { CandidateView, PaymentView } from '../types/ipc.js' */

/** What the shell compares of a wallet's transaction number. */
const DIGITS = /^\d{4}$/;
let made = 0;

/**
 * The question with what is known of the transaction, or null while there is nothing to ask.
 * @param {PaymentView} payment
 * @param {'h2' | 'h3'} level where the question stands among the headings around it
 */
export function candidatePanel(payment, level) {
  const { candidate } = payment;
  if (!candidate || candidate.refused || !payment.actions.includes('confirm')) return null;
  made += 1;
  const id = `candidate-${made}`;
  const question = payment.kind === 'void' ? 'candidate.void' : payment.method === 'bankCard' ? 'candidate.card' : 'candidate.payment';
  const form = el('form', { class: 'candidate', novalidate: true, 'aria-labelledby': id },
    el(level, { id }, t(question)),
    el('p', { class: 'candidate-what' }, el('b', {}, candidate.paidWith), ` · ${facts(payment, candidate)}`),
    el('p', { class: 'small' }, t('candidate.strong')),
    candidate.needsDigits
      ? el('div', { class: 'field' },
          el('label', {}, t('candidate.digits')),
          el('input', { type: 'text', name: 'digits', inputmode: 'numeric', autocomplete: 'off', maxlength: 4 }),
          el('span', { class: 'small' }, t('candidate.digits_where')),
          el('span', { class: 'field-error', role: 'alert', 'data-error': 'digits' }))
      : null,
    el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
    el('div', { class: 'actions' },
      el('button', { type: 'submit', class: 'main' }, t('candidate.yes')),
      el('button', { type: 'button', onclick: () => answer(false) }, t('candidate.no'))),
  );
  tieFields(form);
  const answer = single(async (/** @type {boolean} */ isTheirs) => {
    clearErrors(form);
    const digits = value(form, 'digits').trim();
    if (isTheirs && candidate.needsDigits && !DIGITS.test(digits)) {
      showError(form, 'digits', t('candidate.digits_needed'));
      return;
    }
    const said = { reference: payment.reference, isTheirs, digits };
    try {
      payments.take(await call('confirm_evidence', { ...said, managerId: null, pin: null }));
    } catch (thrown) {
      if (asCommandError(thrown).code !== 'manager_needed') showRefusal(form, thrown);
      else await askManager(payment, candidate, (approval) => call('confirm_evidence', { ...said, ...approval }));
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    answer(true);
  });
  return form;
}

/**
 * Another till uses the terminal too, so the transaction may be that one's customer's.
 * @param {PaymentView} payment
 * @param {CandidateView} candidate
 * @param {(approval: import('./approval.js').Approval) => Promise<PaymentView>} confirm
 */
function askManager(payment, candidate, confirm) {
  return askApproval({
    title: t('candidate.manager_title'),
    payment,
    more: [
      el('p', { class: 'candidate-what' }, el('b', {}, candidate.paidWith), ` · ${facts(payment, candidate)}`),
      el('p', { class: 'soft small' }, t('candidate.manager_why')),
    ],
    go: t('candidate.manager_go'),
    keep: t('decide.keep'),
    run: async (approval) => payments.take(await confirm(approval)),
  });
}

/** @param {PaymentView} payment @param {CandidateView} candidate */
function facts(payment, candidate) {
  const parts = [money(candidate.amount, payment.currency), ...[withCash(payment)].filter((words) => words !== null), t('candidate.at', { time: terminalTime(candidate.at) })];
  if (candidate.approvalCode) parts.push(t('pay.approval', { code: candidate.approvalCode }));
  return parts.join(' · ');
}
