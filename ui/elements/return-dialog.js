//! A return against an old receipt, line by line: what comes back, what it gives back, and how. The shell adds up and
//! decides which ways there are.
// @ts-check
import { el, find, tieFields } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { explainShort } from '../lib/errors.js';
import { clearErrors, showError, showRefusal, value } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { dateAndTime } from '../lib/time.js';
import { askApproval } from './approval.js';

/**
 * @import { RefundWay, ReturnableView, ReturnedView, ReturnLineForm, ReturnSheetView } from '../types/ipc.js'
 * @import { TextKey } from '../lib/text.js'
 * @typedef {{ sheet: ReturnSheetView, lines: ReturnLineForm[], way: RefundWay, portal: string }} Chosen
 */

/** As long as the shell takes. */
const LONGEST_REASON = 200;

/** @type {Record<RefundWay, { word: TextKey, hint: TextKey }>} */
const WAYS = {
  void: { word: 'return.way.void', hint: 'return.way.void_hint' },
  cash: { word: 'return.way.cash', hint: 'return.way.cash_hint' },
  portal: { word: 'return.way.portal', hint: 'return.way.portal_hint' },
};

/**
 * Asks what comes back and for a manager. What came of it, or null if nobody did.
 * @param {number} ticket the ticket that was bought
 * @returns {Promise<ReturnedView | null>}
 */
export async function askReturn(ticket) {
  const sheet = await call('return_sheet', { ticket, lines: [] });
  const chosen = await chooseLines(sheet);
  return chosen && approve(chosen);
}

/** @param {ReturnSheetView} first @returns {Promise<Chosen | null>} */
async function chooseLines(first) {
  let sheet = first;
  /** @type {Chosen | null} */
  let chosen = null;
  const total = el('output', { class: 'money', 'data-gives': true });
  const rounded = el('p', { class: 'soft small', hidden: true });
  const ways = el('div', { class: 'return-ways', 'data-ways': true });
  const portal = el('div', { class: 'field', hidden: true },
    el('label', {}, t('return.portal_reference')),
    el('input', { type: 'text', name: 'portal', autocomplete: 'off', maxlength: 40 }),
    el('span', { class: 'soft small' }, t('return.portal_hint')),
    el('span', { class: 'field-error', role: 'alert', 'data-error': 'portal' }));
  const form = el('form', { class: 'form return-form', novalidate: true },
    el('h2', { id: 'return-title' }, t('return.title', { number: sheet.receipt ?? '—' })),
    el('p', { class: 'soft small' }, dateAndTime(sheet.at)),
    sheet.onlyWhole ? el('p', { class: 'note wait' }, icon('info'), el('span', {}, t('return.only_whole'))) : null,
    el('ul', { class: 'return-lines', 'aria-label': t('return.lines') }, ...sheet.lines.map((line) => lineRow(line, sheet, () => count()))),
    sheet.onlyWhole ? null : el('div', { class: 'return-keys' }, el('button', { type: 'button', onclick: () => everything() }, t('return.everything'))),
    el('p', { class: 'field-error', role: 'alert', 'data-error': 'form' }),
    el('p', { class: 'return-total' }, el('span', {}, t('return.gives')), total),
    rounded,
    el('fieldset', { class: 'field' }, el('legend', {}, t('return.how')), ways),
    portal,
    el('div', { class: 'actions end' },
      el('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')),
      el('button', { type: 'submit', class: 'main' }, t('return.next'))));
  tieFields(form);
  const dialog = el('dialog', { class: 'sheet-dialog wide-dialog', 'aria-labelledby': 'return-title' }, form);
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[data-line]'));
  const lines = () => [...inputs].map((input) => ({ line: Number(input.dataset.line), quantity: input.value.trim() })).filter((line) => line.quantity !== '');
  const way = () => /** @type {RefundWay} */ (value(form, 'way'));

  const draw = () => {
    const none = sheet.amount === null;
    const inCash = way() === 'cash';
    const shown = (inCash ? sheet.cash : sheet.amount) ?? null;
    total.textContent = none || shown === null ? '–' : money(shown, sheet.currency);
    rounded.hidden = !inCash || sheet.amount === null || sheet.cash === sheet.amount;
    rounded.textContent = t('tender.rounded_from', { amount: money(sheet.amount ?? '', sheet.currency) });
    portal.hidden = way() !== 'portal';
  };
  /** What somebody chose; until then the best way there is. @type {RefundWay | null} */
  let picked = null;
  const drawWays = () => {
    const now = picked && sheet.ways.includes(picked) ? picked : sheet.ways[0];
    ways.replaceChildren(...sheet.ways.map((name) =>
      el('label', { class: 'choice' },
        el('input', { type: 'radio', name: 'way', value: name, checked: name === now, onchange: () => pick(name) }),
        el('span', {}, el('b', {}, t(WAYS[name].word)), el('small', { class: 'soft' }, t(WAYS[name].hint))))));
  };
  const pick = (/** @type {RefundWay} */ name) => {
    picked = name;
    draw();
  };
  let asked = 0;
  const count = async () => {
    const turn = (asked += 1);
    clearErrors(form);
    try {
      const next = await call('return_sheet', { ticket: first.ticket, lines: lines() });
      if (turn !== asked) return;
      sheet = next;
      for (const line of sheet.lines) {
        const place = form.querySelector(`[data-gives-of="${line.line}"]`);
        if (place) place.textContent = line.gives === null ? '' : money(line.gives, sheet.currency);
      }
      drawWays();
      draw();
    } catch (thrown) {
      if (turn !== asked) return;
      sheet = { ...sheet, amount: null, cash: null };
      draw();
      showRefusal(form, thrown);
    }
  };
  const everything = () => {
    for (const input of inputs) input.value = input.dataset.left ?? '';
    count();
  };
  const go = single(async () => {
    await count();
    if (sheet.amount === null) {
      if (form.querySelector('[data-error=form]')?.textContent === '') showError(form, null, t('return.choose'));
      return;
    }
    const reference = value(form, 'portal').trim();
    if (way() === 'portal' && reference === '') return showError(form, 'portal', t('return.portal_needed'));
    chosen = { sheet, lines: lines(), way: way(), portal: reference };
    dialog.close();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    go();
  });
  drawWays();
  draw();
  if (sheet.onlyWhole) await count();
  const closed = openDialog(dialog);
  (sheet.onlyWhole ? find(form, 'input[name=way]', HTMLElement) : (inputs[0] ?? find(form, 'button', HTMLElement))).focus();
  await closed;
  return chosen;
}

/** @param {ReturnableView} line @param {ReturnSheetView} sheet @param {() => void} changed */
function lineRow(line, { currency, onlyWhole }, changed) {
  const name = line.name || t('sell.open_amount');
  const bought = line.unit === '' ? line.bought : `${line.bought} ${line.unit}`;
  const facts = t('return.bought', { quantity: bought, amount: money(line.share, currency) });
  if (line.left === null) {
    return el('li', { class: 'gone' }, el('span', {}, name, el('small', { class: 'soft' }, facts)), el('span', { class: 'soft' }, t('return.all_back')));
  }
  return el('li', {},
    el('span', {}, name, el('small', { class: 'soft' }, line.left === line.bought ? facts : `${facts} · ${t('return.left', { quantity: line.left })}`)),
    el('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', class: 'money', 'data-line': line.line, 'data-left': line.left, value: onlyWhole ? line.left : '', readonly: onlyWhole, placeholder: '0', 'aria-label': t('return.quantity_of', { name }), oninput: changed }),
    el('span', { class: 'money', 'data-gives-of': line.line }));
}

/** @param {Chosen} chosen @returns {Promise<ReturnedView | null>} */
async function approve({ sheet, lines, way, portal }) {
  const { currency } = sheet;
  const amount = sheet.amount ?? '';
  const moved = way === 'cash' ? (sheet.cash ?? amount) : amount;
  /** @type {ReturnedView | null} */
  let returned = null;
  const form = el('form', { class: 'form', novalidate: true },
    el('div', { class: 'field' },
      el('label', {}, t('decide.reason')),
      el('textarea', { name: 'reason', rows: 2, maxlength: LONGEST_REASON }),
      el('span', { class: 'field-error', role: 'alert', 'data-error': 'reason' })));
  tieFields(form);
  await askApproval({
    title: t('return.approve'),
    about: [
      el('p', { class: 'amount money' }, money(moved, currency)),
      el('p', {}, t(WAYS[way].word), portal === '' ? null : ` · ${portal}`),
      el('ul', { class: 'soft small' }, ...sheet.lines.filter((line) => line.gives !== null).map((line) => {
        const quantity = lines.find((one) => one.line === line.line)?.quantity ?? '';
        return el('li', {}, `${quantity} × ${line.name || t('sell.open_amount')} · ${money(line.gives ?? '', currency)}`);
      })),
    ],
    more: [form],
    go: t('return.go'),
    keep: t('return.keep'),
    ready: () => {
      clearErrors(form);
      if (value(form, 'reason').trim() !== '') return true;
      showError(form, 'reason', t('decide.reason_needed'));
      return false;
    },
    refused: (error) => {
      if (error.code !== 'name_needed' && error.code !== 'text_too_long') return false;
      showError(form, 'reason', explainShort(error));
      return true;
    },
    run: async (approval) => {
      const reason = value(form, 'reason').trim();
      returned = await call('return_goods', { form: { ticket: sheet.ticket, lines, amount, newest: sheet.newest, way, portal, reason }, ...approval });
    },
  });
  return returned;
}
