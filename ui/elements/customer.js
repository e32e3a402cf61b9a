//! The customer's display: one scene at a time, in figures that can be read from the other side of the counter.
// @ts-check
import { alert, tell } from '../lib/announce.js';
import { sumsOf, verdictOf } from '../lib/customer.js';
import { el, fragment, keyed } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { money } from '../lib/money.js';
import { LANGUAGE_TAGS, language, speak, t } from '../lib/text.js';
import { CustomerShow } from '../models/customer.js';
import { Part } from './part.js';

/**
 * @import { CustomerLine, CustomerView } from '../types/ipc.js'
 * @import { TextKey } from '../lib/text.js'
 * @import { Scene } from '../models/customer.js'
 * @typedef {'idle' | 'ticket' | 'pay' | 'verdict'} Stage the sections of the markup
 */

/** @type {Record<Scene, Stage>} */
const STAGES = {
  idle: 'idle', ticket: 'ticket', tap: 'pay', show_qr: 'pay', scan_qr: 'pay',
  approved: 'verdict', paid: 'verdict', thanks: 'verdict', declined: 'verdict', not_charged: 'verdict', checking: 'verdict', returned: 'verdict',
};

/** @type {Partial<Record<Scene, TextKey>>} */
const ASKS = { tap: 'customer.tap', show_qr: 'customer.show_qr', scan_qr: 'customer.scan_qr' };

/** @type {Record<Exclude<CustomerLine['unit'], 'each'>, TextKey>} */
const UNITS = { kilogram: 'customer.kilogram', metre: 'customer.metre', litre: 'customer.litre' };

export class KaunterCustomer extends Part {
  #show = new CustomerShow();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;
  #said = '';

  start() {
    this.replaceChildren(fragment('customer'));
    window.addEventListener('resize', () => this.#toNewest(), { signal: this.life });
    this.life.addEventListener('abort', () => clearTimeout(this.#later));
    this.#draw();
  }

  speak() {
    super.speak();
    document.documentElement.lang = LANGUAGE_TAGS[language()];
    this.#draw();
  }

  /** @param {CustomerView} view */
  take(view) {
    this.#show.take(view, Date.now());
    speak(view.language).then(() => this.#draw());
  }

  #draw() {
    clearTimeout(this.#later);
    const now = Date.now();
    const shown = this.#show.at(now);
    const main = this.find('main', HTMLElement);
    if (!shown) return;
    const { scene, view, until } = shown;
    if (until !== null) this.#later = setTimeout(() => this.#draw(), until - now);
    document.documentElement.dataset.theme = view.theme;
    document.title = view.storeName || 'Kaunter';
    main.dataset.scene = scene;
    for (const section of this.querySelectorAll('section')) section.hidden = section.dataset.stage !== STAGES[scene];
    this.find('[data-training]', HTMLElement).hidden = !view.training;
    for (const name of this.querySelectorAll('[data-store]')) name.textContent = view.storeName || t('app.name');
    this.#drawTicket(view);
    this.#drawPay(scene, view);
    this.#drawVerdict(scene, view);
    this.#announce(scene, view);
  }

  /** @param {CustomerView} view */
  #drawTicket(view) {
    const list = this.find('[data-lines]', HTMLElement);
    const before = list.children.length;
    keyed(list, view.lines, (line) => String(line.id), makeLine, (row, line) => fillLine(row, line, view.currency));
    this.find('[data-sums]', HTMLElement).replaceChildren(...sumsOf(view).map(([name, amount]) => el('div', {}, el('dt', {}, name), el('dd', { class: 'money' }, amount))));
    this.find('[data-total-name]', HTMLElement).textContent = t(view.due === null ? 'customer.total' : 'customer.due');
    const total = view.due ?? view.total;
    this.find('[data-total]', HTMLElement).textContent = total === '' ? '' : money(total, view.currency);
    if (list.children.length !== before) this.#toNewest();
  }

  /** The newest line is what the customer has just seen go over the counter. */
  #toNewest() {
    const list = this.find('[data-lines]', HTMLElement);
    list.scrollTop = list.scrollHeight;
    list.toggleAttribute('data-more', list.scrollTop > 0);
  }

  /** @param {Scene} scene @param {CustomerView} view */
  #drawPay(scene, view) {
    const ask = ASKS[scene];
    if (!ask) return;
    this.find('[data-ask]', HTMLElement).textContent = t(ask);
    for (const picture of this.querySelectorAll('[data-art]')) picture.toggleAttribute('hidden', picture.getAttribute('data-art') !== scene);
    this.find('[data-amount]', HTMLElement).textContent = money(view.amount ?? view.total, view.currency);
    const cash = this.find('[data-cash]', HTMLElement);
    cash.hidden = view.cash === null;
    cash.textContent = view.cash === null ? '' : t('customer.cash', { cash: money(view.cash, view.currency) });
  }

  /** @param {Scene} scene @param {CustomerView} view */
  #drawVerdict(scene, view) {
    const verdict = verdictOf(scene, view);
    const mark = this.find('[data-mark]', HTMLElement);
    // The sign alone is kept while it is the same one, since it arrives with a movement.
    if ((mark.dataset.mark ?? '') !== (verdict ? scene : '')) {
      mark.dataset.mark = verdict ? scene : '';
      mark.replaceChildren(...(verdict ? [icon(verdict.icon)] : []));
    }
    if (!verdict) return;
    this.find('main', HTMLElement).dataset.tone = verdict.tone;
    this.find('[data-word]', HTMLElement).textContent = verdict.word;
    this.find('[data-verdict-amount]', HTMLElement).textContent = verdict.amount;
    this.find('[data-why]', HTMLElement).textContent = verdict.why;
    const change = this.find('[data-change]', HTMLElement);
    change.hidden = verdict.change === '';
    change.textContent = verdict.change;
  }

  /** @param {Scene} scene @param {CustomerView} view */
  #announce(scene, view) {
    const key = `${scene} ${view.amount} ${view.change} ${language()}`;
    if (this.#said === key) return;
    this.#said = key;
    const verdict = verdictOf(scene, view);
    const ask = ASKS[scene];
    if (verdict) alert(verdict.word);
    else if (ask) tell(t(ask));
  }
}

function makeLine() {
  return el('li', {}, el('span', { class: 'show-name' }), el('span', { class: 'show-count soft money' }), el('span', { class: 'show-price money' }));
}

/** @param {HTMLElement} row @param {CustomerLine} line @param {string} currency */
function fillLine(row, line, currency) {
  const [name, count, price] = [...row.children];
  if (name) name.textContent = line.name || t('customer.open');
  if (count) count.textContent = countOf(line, currency);
  if (price) price.textContent = money(line.total, currency);
}

/** How much of it, and what is taken off; one of it needs no words. @param {CustomerLine} line @param {string} currency */
function countOf(line, currency) {
  const off = line.off === null ? '' : t('customer.off', { amount: money(line.off, currency) });
  if (line.quantity === '1' && line.unit === 'each') return off;
  const quantity = line.unit === 'each' ? line.quantity : t(UNITS[line.unit], { quantity: line.quantity });
  return [t('customer.times', { quantity, price: money(line.price, currency) }), off].filter(Boolean).join(' · ');
}

customElements.define('kaunter-customer', KaunterCustomer);
