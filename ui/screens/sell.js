//! Sell: keys and touches become lines on the ticket, and one key charges it.
// @ts-check
import { tell, tellMore } from '../lib/announce.js';
import { fragment, focusOn } from '../lib/dom.js';
import { Refusal } from '../lib/ipc.js';
import { METHODS } from '../lib/keymap.js';
import { isTyping, takeKeys } from '../lib/keys.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { language, t } from '../lib/text.js';
import { TotalTeller } from '../lib/total.js';
import { checkout, notices, options, sale, scans, session, tenders } from '../models/till.js';
import { askForCash } from '../elements/cash-pane.js';
import { askCash } from '../elements/cash-out.js';
import { askDiscount } from '../elements/discount-dialog.js';
import { tellLeftOut } from '../elements/left-out.js';
import { openParked } from '../elements/parked-dialog.js';
import { askQuantity } from '../elements/quantity-dialog.js';
import { askSplit } from '../elements/split-dialog.js';
import { askExtras, extrasText } from '../elements/ticket-extras.js';
import { chooseWallet } from '../elements/wallets.js';
import { Part } from '../elements/part.js';
import '../elements/sale-standing.js';
import { ItemShelf } from './sell-items.js';
import { drawLines } from './sell-lines.js';
import { drawSums } from './sell-sums.js';

/**
 * @import { Method, TicketView } from '../types/ipc.js'
 * @import { Action } from '../lib/keymap.js'
 */

/** So long the ticket rests before its new total is said: several quick touches are one change to those who hear it. */
const TOTAL_REST_MS = 300;

export class KaunterSell extends Part {
  /** What the ticket was drawn from last. @type {readonly unknown[]} */
  #shows = [];
  #total = new TotalTeller();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  start() {
    this.#shows = [];
    this.#total = new TotalTeller();
    this.life.addEventListener('abort', () => clearTimeout(this.#later));
    this.replaceChildren(fragment('sell'));
    new ItemShelf(this, this.life);
    this.on('[data-keypad]', 'click', (event) => this.#keypad(event));
    this.on('[data-clear]', 'click', () => sale.clear());
    this.on('[data-note]', 'click', () => this.#note());
    this.on('[data-extras]', 'click', () => this.#note());
    this.on('[data-cash-out]', 'click', () => this.#payWithCash());
    this.on('[data-discount]', 'click', () => this.#discount(false));
    this.on('[data-park]', 'click', () => this.#park());
    this.on('[data-recall]', 'click', () => this.#park());
    this.on('[data-last-sale]', 'click', () => this.#lastSale());
    this.on('[data-cash]', 'click', () => this.#takeCash());
    this.on('[data-split]', 'click', () => this.#split());
    for (const button of this.querySelectorAll('[data-pay]')) {
      const method = /** @type {Method} */ (button.getAttribute('data-pay'));
      button.addEventListener('click', () => this.#pay(method), { signal: this.life });
    }
    sale.watch(() => this.#draw(), this.life);
    options.watch(() => (this.find('[data-cash-out]', HTMLElement).hidden = options.view.cashOut === null), this.life);
    options.load().catch((thrown) => notices.show(thrown));
    takeKeys((event, action) => this.#key(event, action), this.life);
  }

  /** What every key of an amount changes; the ticket itself is drawn where it is another one. */
  #draw() {
    const { ticket, entry, selected, parked } = sale;
    const typed = money(sale.entryShown, ticket.currency);
    this.find('[data-entry]', HTMLElement).textContent = typed;
    this.find('[data-entry-box]', HTMLElement).toggleAttribute('data-typing', entry !== '');
    // A note alone is cleared too.
    this.find('[data-clear]', HTMLElement).hidden = (sale.isEmpty && extrasText(ticket.extras) === '') || ticket.frozen;
    const line = this.find('[data-typed]', HTMLElement);
    line.hidden = ticket.lines.length === 0 || entry === '';
    line.textContent = t('sell.typed_too', { amount: typed });
    this.find('[data-total]', HTMLElement).textContent = sale.due ?? money(ticket.payable, ticket.currency);
    const shows = [ticket, selected, parked, language()];
    if (shows.every((one, at) => one === this.#shows[at])) return;
    this.#shows = shows;
    this.#drawTicket(ticket);
  }

  /** @param {TicketView} ticket */
  #drawTicket(ticket) {
    this.find('[data-ticket-name]', HTMLElement).textContent = t('sell.ticket_number', { number: String(ticket.number).padStart(4, '0') });
    this.find('[data-empty]', HTMLElement).hidden = ticket.lines.length > 0;
    for (const needing of this.querySelectorAll('[data-needs-lines]')) /** @type {HTMLElement} */ (needing).hidden = ticket.lines.length === 0;
    this.find('[data-recall]', HTMLElement).hidden = sale.parked === 0;
    this.find('[data-recall-words]', HTMLElement).textContent = t('park.open', { count: sale.parked });
    drawLines(this.find('[data-lines]', HTMLElement));
    drawSums(this.find('[data-sums]', HTMLElement), ticket);
    const extras = extrasText(ticket.extras);
    this.find('[data-extras]', HTMLElement).hidden = extras === '';
    this.find('[data-extras-words]', HTMLElement).textContent = extras;
    const total = this.#total.take(ticket);
    if (total !== null) this.#tellTotal(total);
  }

  /** After what is said of the change itself, and once for changes that come together. @param {string} total */
  #tellTotal(total) {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => tellMore(t('sell.total_now', { amount: money(total, sale.ticket.currency) })), TOTAL_REST_MS);
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

  /** @param {KeyboardEvent} event @param {Action | null} action */
  #key(event, action) {
    if (action !== null) return this.#act(action, event.repeat);
    if (isTyping(event)) return this.#keyInSearch(event);
    if (/^\d$/.test(event.key) || event.key === '.' || event.key === ',') {
      sale.press(event.key === ',' ? '.' : event.key);
      this.#home();
      return true;
    }
    return this.#otherKey(event);
  }

  /** What a key was set to do; held down, it does so once. @param {Action} action @param {boolean} repeated */
  #act(action, repeated) {
    const does = this.#doing(action);
    if (does && !repeated) does();
    return does !== null;
  }

  /** @param {Action} action @returns {(() => unknown) | null} null for what is not done here */
  #doing(action) {
    const method = METHODS[action];
    if (method) return () => this.#pay(method);
    switch (action) {
      case 'cash':
        return () => this.#takeCash();
      case 'split':
        return () => this.#split();
      case 'cashOut':
        return () => this.#payWithCash();
      case 'note':
        return () => this.#note();
      case 'quantity':
        return () => this.#quantity();
      case 'discount':
        return () => this.#discount(true);
      case 'park':
      case 'recall':
        return () => this.#park();
      case 'lastSale':
        return () => this.#lastSale();
      case 'search':
        return () => this.find('[data-search]', HTMLInputElement).focus();
      default:
        return null;
    }
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
      case 'Escape':
        // What opened last is closed first: the words about a scan or a refusal, then the amount.
        if (sale.entry === '' || notices.error || scans.note) return false;
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
    return !target.closest('a, .ticket button, kaunter-bar button, kaunter-notice button, .chips button, .items button');
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
      await mayPay();
      const channel = method === 'qrCustScan' ? await chooseWallet() : null;
      if (method === 'qrCustScan' && channel === null) return;
      checkout.pay(method, channel);
    });
  });

  #payWithCash = single(async () => {
    const { cashOut } = options.view;
    if (cashOut === null) return;
    await notices.attempt(async () => {
      await mayPay();
      const { currency } = sale.ticket;
      const cash = await askCash(cashOut, money(tenders.due ?? (await sale.total()), currency), currency);
      if (cash !== null) checkout.pay('bankCard', null, false, cash);
    });
  });

  #takeCash = single(async () => {
    await notices.attempt(async () => {
      // What was tapped before is on the ticket first: its due is what is asked for.
      await sale.settled();
      if (sale.isEmpty) refuse('ticket_empty');
      await askForCash(null);
    });
  });

  #split = single(async () => {
    await notices.attempt(async () => {
      await sale.settled();
      if (sale.isEmpty) refuse('ticket_empty');
      await askSplit();
    });
  });

  #note = single(async () => {
    await askExtras();
  });

  #quantity = single(async () => {
    await sale.settled();
    const line = selectedLine();
    if (line) await askQuantity(line);
  });

  /** Of the selected line, where one is meant; from there the dialog reaches the whole ticket. */
  #discount = single(async (/** @type {boolean} */ ofLine) => {
    await sale.settled();
    if (sale.ticket.lines.length > 0) await askDiscount(ofLine ? selectedLine() : null);
  });

  /** What was typed belongs to this customer, so it goes along. */
  #park = single(async () => {
    await notices.attempt(async () => {
      await sale.settled();
      if (sale.entry !== '') await sale.addEntry();
      if (sale.entry === '') await openParked();
    });
  });

  #lastSale = single(async () => {
    const leftOut = await sale.lastSaleAgain();
    if (leftOut === null) return;
    tell(t('ticket.again_done'));
    if (leftOut.length > 0) await tellLeftOut(leftOut);
  });
}

const selectedLine = () => sale.ticket.lines.find((line) => line.id === sale.selected) ?? null;

/** What was tapped a moment before may still be on its way to the ticket. */
async function mayPay() {
  if (sale.isEmpty) await sale.settled();
  if (sale.isEmpty) refuse('ticket_empty');
  if (!session.view.terminal) refuse('no_terminal_chosen');
}

/** Known without asking the shell, so the screen need not change and change back. @param {'ticket_empty' | 'no_terminal_chosen'} code */
function refuse(code) {
  throw new Refusal({ code, message: '', retryable: true, waitSeconds: null });
}

customElements.define('kaunter-sell', KaunterSell);
