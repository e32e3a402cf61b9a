//! A receipt's buttons: on paper, and as a page. What became of it stands above them, and another copy is somebody's decision.
//! A sale that more may be taken for (`waits`) has no receipt on paper yet.
// @ts-check
import { alert, tell } from '../lib/announce.js';
import { el } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { icon } from '../lib/icons.js';
import { nextPrint, receiptWords } from '../lib/prints.js';
import { t } from '../lib/text.js';
import { prints } from '../models/till.js';
import { Part } from './part.js';

export class KaunterReceiptActions extends Part {
  start() {
    prints.look(this.#of);
    prints.watch(() => this.#draw(), this.life);
  }

  speak() {
    this.#draw();
  }

  get #of() {
    return this.getAttribute('reference') ?? '';
  }

  /** Whether it can be printed now. */
  get #prints() {
    return prints.hasPrinter && !this.hasAttribute('waits');
  }

  #draw() {
    const { busy, print, path, drawer } = prints.of(this.#of);
    const focused = this.contains(document.activeElement) ? document.activeElement?.getAttribute('data-action') : null;
    const look = print && !busy ? receiptWords(print) : null;
    this.replaceChildren(
      ...[
        prints.asks && this.#prints && !print && !busy ? el('p', { class: 'receipt-ask' }, t('print.ask')) : null,
        drawer ? note('bad', explainShort(drawer)) : null,
        look ? note(look.tone, look.words) : null,
        path ? note('good', t('print.saved_pdf', { path })) : null,
        el('div', { class: 'receipt-buttons' },
          this.#prints
            ? el('button', { type: 'button', 'data-action': 'print', 'aria-busy': busy ? 'true' : null, onclick: () => this.#print() }, icon('receipt'), el('span', {}, busy ? t('print.busy') : nextPrint(print)))
            : null,
          el('button', { type: 'button', 'data-action': 'save_pdf', onclick: () => this.#save() }, el('span', {}, t('print.save_pdf'))),
        ),
      ].filter((node) => node !== null),
    );
    const again = focused ? this.querySelector(`[data-action=${focused}]`) : null;
    if (again instanceof HTMLElement) again.focus();
  }

  async #print() {
    tell(t('print.busy'));
    const print = await prints.print(this.#of);
    // Whoever shows this may have a better place for the focus: the next Enter must not print once more.
    this.dispatchEvent(new Event('printed', { bubbles: true }));
    if (!print) return;
    const { tone, words } = receiptWords(print);
    if (tone === 'wait' || tone === 'bad') alert(words);
    else tell(words);
  }

  async #save() {
    const path = await prints.save(this.#of);
    if (path) tell(t('print.saved_pdf', { path }));
  }
}

/** @param {string} tone @param {string} words */
function note(tone, words) {
  return el('p', { class: `note ${tone}` }, icon(tone === 'good' ? 'check' : tone === 'quiet' ? 'info' : 'warning'), el('span', {}, words));
}

customElements.define('kaunter-receipt-actions', KaunterReceiptActions);
