//! Pay: the stage of one payment, from the key to the verdict. Nothing here can stop or repeat a payment by itself.
// @ts-check
import { alert, tell } from '../lib/announce.js';
import { cashOf, holdText, withCash } from '../lib/cash.js';
import { explainPayment } from '../lib/codes.js';
import { find, focusOn, fragment } from '../lib/dom.js';
import { METHODS } from '../lib/keymap.js';
import { takeKeys } from '../lib/keys.js';
import { lookOf } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { ReadFirst } from '../lib/read-first.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { drawTimeline } from '../lib/timeline.js';
import { checkout, notices, prints, sale } from '../models/till.js';
import { Part } from '../elements/part.js';
import { askToDecide, askToSettle } from '../elements/decisions.js';
import { chooseWallet } from '../elements/wallets.js';
import '../elements/countdown.js';
import '../elements/receipt-actions.js';
import { noScene, openScene, sceneOf, waitingScene, yesScene } from './pay-scenes.js';
import { hasChange, takenScene, takenWords } from './taken-scene.js';

/**
 * @import { Action, Method, PaymentView, TakenView } from '../types/ipc.js'
 * @import { Action as KeyAction } from '../lib/keymap.js'
 */

/** An approval stays this long before the next sale begins by itself. */
const NEXT_SALE_MS = 5000;

export class KaunterPay extends Part {
  #drawn = '';
  /** When the next sale begins by itself, or null while it must not. @type {number | null} */
  #nextAt = null;
  #readFirst = new ReadFirst();

  start() {
    this.#drawn = '';
    this.#nextAt = null;
    this.#readFirst.clear();
    this.replaceChildren(fragment('pay'));
    checkout.watch(() => this.#draw(), this.life);
    takeKeys((event, action) => this.#key(event, action), this.life);
    this.addEventListener('pointerdown', () => this.#stay(), { signal: this.life });
    prints.watch(() => this.#paper(), this.life);
    this.addEventListener('printed', () => this.#focus(), { signal: this.life });
    this.every(200, () => this.#tick());
  }

  get #card() {
    return this.find('[data-card]', HTMLElement);
  }

  land() {
    this.#focus();
  }

  #draw() {
    const { current, opening, taken } = checkout;
    if (!current && !opening && !taken) return;
    if (taken) return this.#drawTaken(taken);
    const key = current ? [current.reference, sceneOf(current), current.state, current.saved, current.conflict, current.actions, JSON.stringify(current.candidate)].join() : 'opening';
    if (key === this.#drawn) {
      if (current) this.#update(current);
      return;
    }
    const repeated = this.#drawn !== '';
    this.#drawn = key;
    this.#show(current);
    if (repeated) this.#focus();
  }

  /** Cash, or a card taken by hand. @param {TakenView} taken */
  #drawTaken(taken) {
    const key = `taken ${taken.tender.reference}`;
    if (key === this.#drawn) return;
    const repeated = this.#drawn !== '';
    this.#drawn = key;
    const card = this.#card;
    this.dataset.scene = 'yes';
    card.removeAttribute('role');
    card.removeAttribute('aria-describedby');
    card.setAttribute('aria-labelledby', 'verdict');
    card.replaceChildren(...takenScene(taken, (action) => this.#goOn(action)));
    const paid = taken.standing.progress === 'paid';
    // Where change has to be handed over, somebody says when the next sale begins.
    const waits = !paid || hasChange(taken) || taken.tender.kind === 'manual_card';
    this.#nextAt = waits ? null : Date.now() + NEXT_SALE_MS;
    if (hasChange(taken) || taken.tender.kind === 'manual_card') this.#readFirst.begin();
    else this.#readFirst.clear();
    tell(takenWords(taken));
    this.#tick();
    if (repeated) this.#focus();
  }

  /** @param {'new_sale' | 'take_rest'} action */
  #goOn(action) {
    if (action === 'new_sale') checkout.newSale();
    else checkout.backToTicket();
  }

  /** @param {PaymentView | null} view */
  #show(view) {
    const card = this.#card;
    const scene = view ? sceneOf(view) : 'waiting';
    this.dataset.scene = scene;
    card.removeAttribute('role');
    card.removeAttribute('aria-describedby');
    card.setAttribute('aria-labelledby', 'verdict');
    this.#nextAt = null;
    this.#readFirst.clear();
    const does = (/** @type {Action} */ action) => this.#do(action);
    if (!view || scene === 'waiting') {
      card.replaceChildren(...waitingScene(view, checkout.opening));
      if (view) tell(`${[money(view.amount, view.currency), withCash(view)].filter(Boolean).join(', ')}. ${find(card, 'h1', HTMLElement).textContent}`);
    } else if (scene === 'yes') {
      card.replaceChildren(...yesScene(view, does));
      const cash = cashOf(view);
      // Where cash has to be handed over, somebody says when the next sale begins.
      if (!view.conflict && cash === null && view.actions.includes('new_sale')) this.#nextAt = Date.now() + NEXT_SALE_MS;
      if (cash !== null) this.#readFirst.begin();
      const words = t('announce.approved', { word: t(lookOf(view).word), amount: money(view.amount, view.currency) });
      tell(cash === null || view.conflict ? words : `${words} ${t('cash.hand_over', { cash })}.`);
    } else if (scene === 'no') {
      card.replaceChildren(...noScene(view, does));
      const { what, money: moved, todo } = explainPayment(view);
      alert([`${t(lookOf(view).word)}.`, what, moved, todo].filter(Boolean).join(' '));
    } else {
      card.setAttribute('role', 'alertdialog');
      card.setAttribute('aria-describedby', 'verdict-why');
      card.replaceChildren(...openScene(view, does));
      alert(`${t(lookOf(view).word)}. ${holdText(view)}.`);
    }
    const list = card.querySelector('.timeline');
    if (list) list.scrollTop = list.scrollHeight;
    this.#tick();
  }

  /** The same scene with more on its time line. @param {PaymentView} view */
  #update(view) {
    const list = this.#card.querySelector('.timeline');
    if (!(list instanceof HTMLElement)) return;
    const news = drawTimeline(list, view);
    if (news) tell(news);
  }

  #focus() {
    const card = this.#card;
    const next = this.dataset.scene === 'yes' ? card.querySelector('[data-action=new_sale], [data-action=take_rest]') : null;
    focusOn(next instanceof HTMLElement ? next : card);
  }

  /** @param {Action} action */
  #do(action) {
    const view = checkout.current;
    if (!view) return;
    switch (action) {
      case 'new_sale':
        checkout.newSale();
        break;
      case 'charge_again':
        checkout.chargeAgain(null, null);
        break;
      case 'check_status':
        this.#check(view.reference);
        break;
      case 'set_aside':
        checkout.setAside();
        break;
      case 'take_rest':
      case 'other_method':
        checkout.backToTicket();
        break;
      case 'void':
        location.hash = `#/history/${view.reference}`;
        break;
      case 'decide':
        askToDecide(view);
        break;
      case 'settle_conflict':
        askToSettle(view);
        break;
      case 'confirm':
        // The panel with the candidate asks by itself.
        break;
      case 'reprint':
        // From the payment in History, where there is time for it.
        break;
    }
  }

  #check = single(async (/** @type {string} */ reference) => {
    const button = this.#card.querySelector('[data-action=check_status]');
    button?.setAttribute('aria-busy', 'true');
    tell(t('open.checking'));
    await notices.attempt(() => checkout.check(reference));
    button?.removeAttribute('aria-busy');
  });

  /** @param {KeyboardEvent} event @param {KeyAction | null} action */
  #key(event, action) {
    const view = checkout.current;
    const method = action && METHODS[action];
    if (method) {
      if (!event.repeat && view?.actions.includes('charge_again')) this.#chargeBy(method);
      return true;
    }
    if (this.dataset.scene !== 'yes') return false;
    const next = this.#next();
    if (next === null) return false;
    if (next === 'new_sale' && /^\d$/.test(event.key)) {
      // The next customer's amount is typed already: no need to close this sale first.
      sale.press(event.key);
      checkout.newSale();
      return true;
    }
    if (event.key === 'Enter') {
      if (event.target instanceof Element && event.target.closest('a, button:not([data-action=new_sale], [data-action=take_rest])')) return false;
      if (this.#readFirst.allows(event)) this.#goOn(next);
      return true;
    }
    this.#stay();
    return false;
  }

  /** What Enter does after a yes. @returns {'new_sale' | 'take_rest' | null} */
  #next() {
    const { current, taken } = checkout;
    if (taken) return taken.standing.progress === 'paid' ? 'new_sale' : 'take_rest';
    if (current?.actions.includes('take_rest')) return 'take_rest';
    return current?.actions.includes('new_sale') ? 'new_sale' : null;
  }

  #chargeBy = single(async (/** @type {Method} */ method) => {
    await notices.attempt(async () => {
      const channel = method === 'qrCustScan' ? await chooseWallet() : null;
      if (method === 'qrCustScan' && channel === null) return;
      await checkout.chargeAgain(method, channel);
    });
  });

  /** The verdict stays while there is something to say, or to ask, about its receipt. */
  #paper() {
    const reference = checkout.current?.reference ?? checkout.taken?.tender.reference;
    if (!reference) return;
    const { busy, print, drawer } = prints.of(reference);
    const failed = print?.state === 'not_printed' || print?.state === 'perhaps_printed';
    if (busy || failed || drawer || (prints.asks && !print)) this.#stay();
  }

  /** Somebody is at the screen: the verdict stays until they go on. */
  #stay() {
    if (this.#nextAt === null) return;
    this.#nextAt = null;
    this.#drawFoot();
  }

  #tick() {
    this.#drawFoot();
    if (this.#nextAt === null || Date.now() < this.#nextAt) return;
    this.#nextAt = null;
    checkout.newSale();
  }

  /** When the next sale begins, or that Enter begins it, once it does. */
  #drawFoot() {
    const foot = this.#card.querySelector('[data-next]');
    const words = this.#footWords();
    if (foot && foot.textContent !== words) foot.textContent = words;
  }

  #footWords() {
    const next = this.#next();
    if (this.#nextAt !== null) return t('pay.next_in', { seconds: Math.max(1, Math.ceil((this.#nextAt - Date.now()) / 1000)) });
    if (next === null || !this.#readFirst.isOver) return '';
    return t(next === 'new_sale' ? 'pay.next_by_enter' : 'pay.rest_by_enter');
  }
}

customElements.define('kaunter-pay', KaunterPay);
