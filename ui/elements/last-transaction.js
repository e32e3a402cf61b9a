//! What a terminal did last, asked of the terminal itself: how much, with what, how it ended, and whose it is.
// @ts-check
import { tell } from '../lib/announce.js';
import { explainGateway } from '../lib/codes.js';
import { el } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { explain } from '../lib/errors.js';
import { icon } from '../lib/icons.js';
import { asCommandError, call } from '../lib/ipc.js';
import { badge, terminalLabel } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { t } from '../lib/text.js';
import { terminalMoment } from '../lib/time.js';
import { payments, session } from '../models/till.js';

/**
 * @import { LastResult, LastSeenView, LastTransactionView, Said, TerminalView } from '../types/ipc.js'
 * @import { IconName } from '../lib/icons.js'
 */

/** @type {Record<LastResult, { tone: string, icon: IconName }>} */
const LOOKS = {
  approved: { tone: 'good', icon: 'check' },
  voided: { tone: 'bad', icon: 'undo' },
  declined: { tone: 'bad', icon: 'cross' },
  pending: { tone: 'wait', icon: 'clock' },
  unclear: { tone: 'wait', icon: 'question' },
};

/** @param {TerminalView} terminal */
export async function openLastTransaction(terminal) {
  const dialog = el('dialog', { class: 'sheet-dialog last', 'aria-labelledby': 'last-title' });
  const body = el('div', { class: 'last-body', 'aria-busy': 'true' }, el('p', { class: 'soft last-asking' }, el('span', { class: 'working', 'aria-hidden': 'true' }), t('last.asking')));
  dialog.append(
    el('h2', { id: 'last-title' }, t('last.title', { name: terminalLabel(terminal) })),
    body,
    el('div', { class: 'actions end' }, el('button', { type: 'button', class: 'main', onclick: () => dialog.close() }, t('close'))),
  );
  const closed = openDialog(dialog);
  try {
    const seen = await call('last_transaction', { id: terminal.id });
    if (seen.transaction?.payment) payments.take(seen.transaction.payment);
    if (dialog.open) draw(dialog, body, seen);
  } catch (thrown) {
    const words = explain(asCommandError(thrown));
    if (dialog.open) show(body, [el('p', { class: 'note wait' }, icon('warning'), el('span', {}, el('b', {}, words.title), ` ${words.body}`)), el('p', { class: 'code' }, words.small)], `${words.title} ${words.body}`);
  }
  await closed;
}

/** @param {HTMLDialogElement} dialog @param {HTMLElement} body @param {LastSeenView} seen */
function draw(dialog, body, { transaction, problem }) {
  if (problem) {
    const words = whyNot(problem);
    show(body, [el('p', { class: 'note wait' }, icon('warning'), el('span', {}, words)), el('p', { class: 'code' }, [problem.code, problem.detail].filter(Boolean).join(' · '))], words);
  } else if (transaction) {
    show(body, shown(dialog, transaction), [t(`last.result.${transaction.result}`), amountOf(transaction), t(`last.whose.${transaction.whose}`)].join('. '));
  } else {
    show(body, [el('p', { class: 'note quiet' }, icon('info'), el('span', {}, t('last.nothing')))], t('last.nothing'));
  }
}

/** Why it was not to be had, and what to do. @param {Said} said */
function whyNot({ source, code }) {
  const gateway = source === 'gateway' ? explainGateway(Number(code)) : null;
  if (gateway) return `${gateway.what} ${gateway.todo}`;
  switch (code) {
    case 'no_answer':
    case 'not_signed':
    case 'other_terminal':
    case 'kept_for_payments':
      return t(`last.problem.${code}`);
    default:
      return t('last.problem.refused');
  }
}

/** @param {HTMLElement} body @param {Node[]} nodes @param {string} words for a reader */
function show(body, nodes, words) {
  body.replaceChildren(...nodes);
  body.removeAttribute('aria-busy');
  tell(words);
}

/** @param {LastTransactionView} last */
const amountOf = (last) => (last.amount === null ? t('last.no_amount') : money(last.amount, last.currency || session.view.currency));

/** @param {HTMLDialogElement} dialog @param {LastTransactionView} last */
function shown(dialog, last) {
  const look = LOOKS[last.result];
  const facts = [
    [t('last.what'), last.kind ? t(`last.kind.${last.kind}`) : ''],
    [t('last.paid_with'), last.paidWith],
    [t('last.time'), last.at ? terminalMoment(last.at) : ''],
    [t('last.number'), last.number ?? ''],
  ];
  return [
    el('div', { class: 'last-head' }, el('p', { class: 'amount money' }, amountOf(last)), el('span', { class: `badge big ${look.tone}` }, icon(look.icon), t(`last.result.${last.result}`))),
    el('dl', { class: 'facts' }, ...facts.filter(([, fact]) => fact).map(([name, fact]) => el('div', {}, el('dt', {}, name ?? ''), el('dd', {}, fact ?? '')))),
    whose(dialog, last),
  ];
}

/** Whose it is, and how that payment stands now. @param {HTMLDialogElement} dialog @param {LastTransactionView} last */
function whose(dialog, last) {
  const { payment } = last;
  const words = t(`last.whose.${last.whose}`);
  if (!payment) return el('p', { class: 'note quiet' }, icon('info'), el('span', {}, words));
  const named = payment.receipt ? t('last.receipt', { number: payment.receipt }) : t('last.of', { amount: money(payment.amount, payment.currency) });
  return el(
    'div',
    { class: `last-whose ${last.whose === 'void_of_ours' ? 'wait' : ''}` },
    el('p', {}, words),
    el('p', { class: 'last-payment' }, el('a', { href: `#/history/${payment.reference}`, onclick: () => dialog.close() }, named), badge(payment)),
  );
}
