//! What stands above every screen for as long as it is so: a payment in conflict, and a clock that is wrong.
// @ts-check
import { el } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { money } from '../lib/money.js';
import { t } from '../lib/text.js';
import { session, unresolved } from '../models/till.js';
import { Part } from './part.js';

export class KaunterStanding extends Part {
  #conflict = el('div', { role: 'alert' });
  #clock = el('div', { role: 'status' });
  #said = '';
  #skew = '';

  start() {
    this.replaceChildren(this.#conflict, this.#clock);
    unresolved.watch(() => this.#drawConflict(), this.life);
    session.watch(() => this.#drawClock(), this.life);
  }

  speak() {
    this.#drawConflict();
    this.#drawClock();
  }

  #drawConflict() {
    const found = unresolved.list.filter((payment) => payment.conflict);
    const [first] = found;
    const words = !first ? '' : found.length > 1
      ? t('conflict.many', { count: found.length })
      : t('conflict.one', { amount: money(first.amount, first.currency) });
    const said = `${words} ${first?.reference ?? ''}`;
    // Drawn anew only for news: an alert is read aloud whenever it changes.
    if (said === this.#said) return;
    this.#said = said;
    this.#conflict.replaceChildren(...(first
      ? [el('div', { class: 'standing conflict' }, icon('warning'), el('strong', {}, words), el('a', { href: `#/unresolved/${first.reference}` }, t('conflict.show')))]
      : []));
  }

  #drawClock() {
    const words = skewWords(session.view.clockSkewSeconds);
    if (words === this.#skew) return;
    this.#skew = words;
    this.#clock.replaceChildren(...(words ? [el('div', { class: 'standing clock' }, icon('clock'), el('span', {}, words))] : []));
  }
}

/** @param {number | null} seconds positive when this computer's clock is slow */
function skewWords(seconds) {
  if (seconds === null) return '';
  const minutes = Math.max(1, Math.round(Math.abs(seconds) / 60));
  const length = minutes === 1 ? t('clock.minute') : t('clock.minutes', { minutes });
  return t(seconds > 0 ? 'clock.slow' : 'clock.fast', { length });
}

customElements.define('kaunter-standing', KaunterStanding);
