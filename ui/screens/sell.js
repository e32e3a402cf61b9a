//! Sell: keys and touches become lines on the ticket, and one key charges it.
// @ts-check
import { tell } from '../lib/announce.js';
import { fragment, focusOn } from '../lib/dom.js';
import { Refusal } from '../lib/ipc.js';
import { isTyping, takeKeys } from '../lib/keys.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { checkout, notices, options, sale, session } from '../models/till.js';
import { askCash } from '../elements/cash-out.js';
import { askExtras, extrasText } from '../elements/ticket-extras.js';
import { chooseWallet } from '../elements/wallets.js';
import { Part } from '../elements/part.js';
import { ItemShelf } from './sell-items.js';
import { drawLines } from './sell-lines.js';

/** @import { Method } from '../types/ipc.js' */

/** The counter's keys for the ways to pay. @type {Record<string, Method>} */
const PAY_KEYS = { F9: 'bankCard', F10: 'qrCustScan', F11: 'qrMerchScan' };

export class KaunterSell extends Part {
  start() {
    this.replaceChildren(fragment('sell'));
    const shelf = new ItemShelf(this, this.life);
    this.on('[data-keypad]', 'click', (event) => this.#keypad(event));
    this.on('[data-clear]', 'click', () => sale.clear());
    this.on('[data-note]', 'click', () => this.#note());
    this.on('[data-extras]', 'click', () => this.#note());
    this.on('[data-cash-out]', 'click', () => this.#payWithCash());
    for (const button of this.querySelectorAll('[data-pay]')) {
      const method = /** @type {Method} */ (button.getAttribute('data-pay'));
      button.addEventListener('click', () => this.#pay(method), { signal: this.life });
    }
    sale.watch(() => {
      shelf.draw();
      this.#draw();
    }, this.life);
    options.watch(() => (this.find('[data-cash-out]', HTMLElement).hidden = options.view.cashOut === null), this.life);
    options.load().catch((thrown) => notices.show(thrown));
    takeKeys((event) => this.#key(event), this.life);
  }

  #draw() {
    const { ticket, entry } = sale;
    const shown = this.find('[data-entry]', HTMLElement);
    shown.textContent = money(sale.entryShown, ticket.currency);
    this.find('[data-entry-box]', HTMLElement).toggleAttribute('data-typing', entry !== '');
    this.find('[data-ticket-name]', HTMLElement).textContent = t('sell.ticket_number', { number: String(ticket.number).padStart(4, '0') });
    this.find('[data-clear]', HTMLElement).hidden = sale.isEmpty;
    this.find('[data-empty]', HTMLElement).hidden = ticket.lines.length > 0;
    drawLines(this.find('[data-lines]', HTMLElement));
    const extras = extrasText(ticket.extras);
    this.find('[data-extras]', HTMLElement).hidden = extras === '';
    this.find('[data-extras-words]', HTMLElement).textContent = extras;
    const typed = this.find('[data-typed]', HTMLElement);
    typed.hidden = ticket.lines.length === 0 || entry === '';
    typed.textContent = t('sell.typed_too', { amount: money(sale.entryShown, ticket.currency) });
    this.find('[data-total]', HTMLElement).textContent = sale.due ?? money(ticket.total, ticket.currency);
  }

  /** @param {MouseEvent} event */
  #keypad(event) {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const key = button?.getAttribute('data-press');
    if (key) sale.press(key);
    else if (button?.hasAttribute('data-erase')) sale.erase();
    else if (button?.hasAttribute('data-add')) this.#add();
  }

  #add() {
    if (sale.entry === '') return;
    tell(t('sell.added', { amount: money(sale.entryShown, sale.ticket.currency) }));
    sale.addEntry();
  }

  #home() {
    focusOn(this.find('[data-entry]', HTMLElement));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const method = PAY_KEYS[event.key];
    if (method) {
      if (!event.repeat) this.#pay(method);
      return true;
    }
    if (event.key === 'F8' || event.key === 'F6') {
      if (event.key === 'F8' && !event.repeat) this.#payWithCash();
      if (event.key === 'F6' && !event.repeat) this.#note();
      return true;
    }
    if (isTyping(event)) return this.#keyInSearch(event);
    if (/^\d$/.test(event.key) || event.key === '.' || event.key === ',') {
      sale.press(event.key === ',' ? '.' : event.key);
      this.#home();
      return true;
    }
    return this.#otherKey(event);
  }

  /** @param {KeyboardEvent} event */
  #otherKey(event) {
    switch (event.key) {
      case 'Backspace':
        sale.erase();
        return true;
      case '+':
        this.#add();
        return true;
      case 'Enter':
        if (sale.entry === '' || !this.#mayAdd(event.target)) return false;
        this.#add();
        return true;
      case '/':
        this.find('[data-search]', HTMLInputElement).focus();
        return true;
      case 'Escape':
        if (sale.entry === '' || notices.error) return false;
        sale.clearEntry();
        return true;
      case 'ArrowUp':
      case 'ArrowDown':
        return this.#moveLine(event.key === 'ArrowUp' ? -1 : 1);
      case 'Delete':
        if (sale.selected === null) return false;
        sale.remove(sale.selected);
        return true;
      default:
        return false;
    }
  }

  /** Enter adds what was typed, unless the focus stands on a control that Enter is meant for. @param {EventTarget | null} target */
  #mayAdd(target) {
    if (!(target instanceof Element)) return true;
    return !target.closest('a, .ticket button, kaunter-bar button, kaunter-notice button, .chips button');
  }

  /** @param {KeyboardEvent} event */
  #keyInSearch(event) {
    if (event.key !== 'Escape') return false;
    const search = this.find('[data-search]', HTMLInputElement);
    search.value = '';
    search.dispatchEvent(new Event('input'));
    this.#home();
    return true;
  }

  /** @param {-1 | 1} step */
  #moveLine(step) {
    const { lines } = sale.ticket;
    if (lines.length === 0) return false;
    const here = lines.findIndex((line) => line.id === sale.selected);
    const next = lines[Math.min(lines.length - 1, Math.max(0, here + step))];
    if (next) sale.select(next.id);
    return true;
  }

  #pay = single(async (/** @type {Method} */ method) => {
    await notices.attempt(async () => {
      mayPay();
      const channel = method === 'qrCustScan' ? await chooseWallet() : null;
      if (method === 'qrCustScan' && channel === null) return;
      checkout.pay(method, channel);
    });
  });

  #payWithCash = single(async () => {
    const { cashOut } = options.view;
    if (cashOut === null) return;
    await notices.attempt(async () => {
      mayPay();
      const { currency } = sale.ticket;
      const cash = await askCash(cashOut, money(await sale.total(), currency), currency);
      if (cash !== null) checkout.pay('bankCard', null, false, cash);
    });
  });

  #note = single(async () => {
    await askExtras();
  });
}

function mayPay() {
  if (sale.isEmpty) refuse('ticket_empty');
  if (!session.view.terminal) refuse('no_terminal_chosen');
}

/** Known without asking the shell, so the screen need not change and change back. @param {'ticket_empty' | 'no_terminal_chosen'} code */
function refuse(code) {
  throw new Refusal({ code, message: '', retryable: true, waitSeconds: null });
}

customElements.define('kaunter-sell', KaunterSell);
