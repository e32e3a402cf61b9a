//! Split: a part of what is due, and the way it is paid. A card that was taken by hand starts here, too.
// @ts-check
import { el, find, tieFields } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { clearErrors, setValue, showRefusal, value } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { checkout, notices, sale, session, tenders } from '../models/till.js';
import { askForCash } from './cash-pane.js';
import { askManualCard } from './manual-card.js';
import { chooseWallet } from './wallets.js';

/**
 * @import { IconName } from '../lib/icons.js'
 * @import { TextKey } from '../lib/text.js'
 * @typedef {'bankCard' | 'qrCustScan' | 'qrMerchScan' | 'cash' | 'byHand'} Way
 */

/** @type {{ way: Way, word: TextKey, icon: IconName }[]} */
const WAYS = [
  { way: 'bankCard', word: 'pay.card', icon: 'card' },
  { way: 'qrCustScan', word: 'pay.show_qr', icon: 'qr' },
  { way: 'qrMerchScan', word: 'pay.scan_qr', icon: 'scan' },
  { way: 'cash', word: 'tender.cash', icon: 'cash' },
  { way: 'byHand', word: 'tender.by_hand', icon: 'pencil' },
];

/** Asks for a part and a way, and goes on with that way. */
export async function askSplit() {
  const { entry } = sale;
  const due = tenders.due ?? (await sale.total());
  const { currency } = sale.ticket;
  const form = el('form', { class: 'form', novalidate: true },
    el('h2', { id: 'split-title' }, t('split.title')),
    el('dl', { class: 'cash-purchase' }, el('dt', {}, t('split.due')), el('dd', { class: 'money', 'data-split-due': true }, money(due, currency))),
    el('div', { class: 'field' },
      el('label', {}, t('split.part')),
      el('input', { type: 'text', name: 'part', inputmode: 'decimal', autocomplete: 'off', class: 'money', oninput: () => typed() }),
      el('span', { class: 'soft small' }, t('split.part_hint')),
      el('span', { class: 'field-error', role: 'alert', 'data-error': 'part' })),
    el('div', { class: 'cash-choices three', role: 'group', 'aria-label': t('split.shares') },
      el('button', { type: 'button', onclick: () => share(2) }, t('split.half')),
      el('button', { type: 'button', onclick: () => share(3) }, t('split.third')),
      el('button', { type: 'button', onclick: () => put(due) }, t('split.all'))),
    el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
    el('h3', { id: 'split-ways' }, t('split.ways')),
    el('div', { class: 'split-ways', role: 'group', 'aria-labelledby': 'split-ways' },
      ...WAYS.map(({ way, word, icon: name }) =>
        el('button', { type: 'button', 'data-way': way, onclick: () => choose(way) }, icon(name), el('span', {}, t(word))))),
    el('div', { class: 'actions end' }, el('button', { type: 'button', onclick: () => dialog.close() }, t('cancel'))));
  tieFields(form);
  const dialog = el('dialog', { class: 'sheet-dialog split', 'aria-labelledby': 'split-title' }, form);
  const field = find(form, 'input', HTMLInputElement);
  /** The share that is on its way: whether a way to pay may go on with it. */
  let sharing = Promise.resolve(true);
  /** Counts what was put into the field, so that a share that comes late takes nobody's own part away. */
  let turn = 0;
  const typed = () => {
    turn += 1;
    sharing = Promise.resolve(true);
    clearErrors(form);
  };
  const put = (/** @type {string} */ part) => {
    typed();
    setValue(form, 'part', part);
    field.focus();
  };
  const refuse = (/** @type {unknown} */ thrown) => showRefusal(form, thrown, { price: 'part', cash: 'part' });
  const shareOf = async (/** @type {number} */ of, /** @type {number} */ mine) => {
    try {
      const part = await call('share_of_due', { entry, of });
      if (mine === turn) put(part);
      return true;
    } catch (thrown) {
      if (mine !== turn) return true;
      refuse(thrown);
      return false;
    }
  };
  const share = (/** @type {number} */ of) => {
    typed();
    sharing = shareOf(of, turn);
  };
  /** @type {{ way: Way, part: string } | null} */
  let chosen = null;
  const choose = single(async (/** @type {Way} */ way) => {
    // The field may be empty because a share has not come yet. Without this wait that would mean all that is due.
    if (!(await sharing)) return;
    clearErrors(form);
    try {
      const part = await call('check_part', { entry, part: value(form, 'part').trim() || due });
      chosen = { way, part };
      dialog.close();
    } catch (thrown) {
      refuse(thrown);
    }
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  const closed = openDialog(dialog);
  field.focus();
  await closed;
  if (chosen) await payPart(chosen);
}

/** @param {{ way: Way, part: string }} chosen */
async function payPart({ way, part }) {
  await notices.attempt(async () => {
    if (way === 'cash') return askForCash(part);
    if (way === 'byHand') return askManualCard(part);
    if (!session.view.terminal) throw { code: 'no_terminal_chosen', message: '', retryable: true, waitSeconds: null };
    const channel = way === 'qrCustScan' ? await chooseWallet() : null;
    if (way === 'qrCustScan' && channel === null) return;
    checkout.pay(way, channel, false, null, part);
  });
}
