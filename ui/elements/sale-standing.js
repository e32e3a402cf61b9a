//! Under the total on Sell: what was taken of this ticket, what is still due, and the way back.
// @ts-check
import { el } from '../lib/dom.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { legRow } from '../lib/tenders.js';
import { t } from '../lib/text.js';
import { checkout, sale, tenders } from '../models/till.js';
import { Part } from './part.js';
import { askTakeBack } from './take-back.js';

/** @import { StandingView } from '../types/ipc.js' */

export class KaunterSaleStanding extends Part {
  #drawn = '';

  start() {
    this.#drawn = '';
    tenders.watch(() => this.#draw(), this.life);
    sale.watch(() => this.#draw(), this.life);
  }

  speak() {
    this.#drawn = '';
    this.#draw();
  }

  #draw() {
    const standing = sale.ticket.frozen ? tenders.standing : null;
    this.hidden = standing === null;
    const now = JSON.stringify(standing);
    if (!standing || now === this.#drawn) return;
    this.#drawn = now;
    this.replaceChildren(...(standing.progress === 'open' && (standing.legs.length === 0 || standing.returned) ? backAgain(standing) : taken(standing)));
  }
}

/** @param {StandingView} standing */
function taken(standing) {
  const { currency, progress } = standing;
  const row = (/** @type {string} */ name, /** @type {string} */ amount, loud = false) =>
    el('div', { class: loud ? 'loud' : null }, el('dt', {}, name), el('dd', { class: 'money' }, amount));
  return [
    el('ul', { class: 'legs', 'aria-label': t('standing.legs') }, ...standing.legs.map((leg) => legRow(leg, false))),
    el('dl', { class: 'due-list' },
      row(t('standing.paid'), money(standing.paid, currency)),
      row(t('standing.due'), money(standing.due, currency), true)),
    standing.stuck ? el('p', { class: 'soft small' }, t('standing.stuck')) : null,
    progress === 'partly'
      ? el('div', { class: 'standing-keys' },
          el('button', { type: 'button', 'data-take-back': true, disabled: standing.blocked !== null, onclick: () => takeBack(standing) }, t('standing.take_back')),
          el('button', { type: 'button', onclick: () => checkout.setAside() }, t('action.set_aside')))
      : progress === 'paid' ? el('div', { class: 'standing-keys' }, nextSale()) : null,
  ].filter((node) => node !== null);
}

/** Everything that was taken went back: these lines stay as they are, and the next sale begins with a key. @param {StandingView} standing */
function backAgain({ returned }) {
  return [el('p', { class: 'soft small' }, t(returned ? 'standing.returned' : 'standing.all_back')), el('div', { class: 'standing-keys' }, nextSale())];
}

const takeBack = single(askTakeBack);

const nextSale = () => el('button', { type: 'button', onclick: () => checkout.newSale() }, t('action.new_sale'));

customElements.define('kaunter-sale-standing', KaunterSaleStanding);
