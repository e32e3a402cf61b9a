//! The line above a screen about the payment at the counter, when its verdict came while somebody looked at something else. It
//! leads back to it.
// @ts-check
import { alert, tell } from '../lib/announce.js';
import { cashOf, holdText } from '../lib/cash.js';
import { explainPayment } from '../lib/codes.js';
import { el } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { takeKeys } from '../lib/keys.js';
import { lookOf } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { sentences, t } from '../lib/text.js';
import { verdictNews } from '../models/till.js';
import { verdictOf } from '../models/verdicts.js';
import { Part } from './part.js';

/** @import { PaymentView } from '../types/ipc.js' */

/** @type {Record<'approved' | 'declined' | 'attention', 'good' | 'bad' | 'wait'>} */
const TONES = { approved: 'good', declined: 'bad', attention: 'wait' };

export class KaunterVerdictNote extends Part {
  #said = '';

  start() {
    verdictNews.watch(() => this.#draw(), this.life);
    takeKeys((event) => {
      if (event.key !== 'Escape' || this.#said === '') return false;
      verdictNews.clear();
      return true;
    }, this.life);
  }

  speak() {
    this.#draw();
  }

  #draw() {
    const { view } = verdictNews;
    const verdict = view && verdictOf(view);
    const tone = verdict && TONES[/** @type {keyof typeof TONES} */ (verdict)];
    if (!view || !tone) {
      this.#said = '';
      this.replaceChildren();
      return;
    }
    const head = t('announce.approved', { word: t(lookOf(view).word), amount: money(view.amount, view.currency) });
    const more = moreOf(view, tone);
    const said = [head, more].filter(Boolean).join(' ');
    // Drawn and told anew only for news: the time line of the same verdict grows on.
    if (said === this.#said) return;
    this.#said = said;
    this.replaceChildren(
      el('section', { class: `scan-note ${tone}`, 'aria-label': t('verdict.note') },
        icon(lookOf(view).icon),
        el('p', {}, el('strong', {}, head), more === '' ? null : el('span', {}, ` ${more}`)),
        el('a', { class: 'button', href: '#/sell' }, t('verdict.to_payment')),
        el('button', { type: 'button', class: 'bare', 'aria-label': t('close'), onclick: () => verdictNews.clear() }, icon('cross'))));
    if (tone === 'good' && cashOf(view) === null) tell(said);
    else alert(said);
  }
}

/** What has to be done now, or why not; empty for nothing. @param {PaymentView} view @param {'good' | 'bad' | 'wait'} tone */
function moreOf(view, tone) {
  const cash = cashOf(view);
  if (tone === 'good') return cash === null ? '' : `${t('cash.hand_over', { cash })}.`;
  if (tone === 'wait') return view.conflict ? t('pay.conflict') : `${holdText(view)}.`;
  const { what, money: moved } = explainPayment(view);
  return sentences(what, moved);
}

customElements.define('kaunter-verdict-note', KaunterVerdictNote);
