//! The message above a screen: what was refused, whether money moved, what to do. Stays until it is settled or closed.
// @ts-check
import { el } from '../lib/dom.js';
import { explain } from '../lib/errors.js';
import { icon } from '../lib/icons.js';
import { takeKeys } from '../lib/keys.js';
import { sentences, t } from '../lib/text.js';
import { notices } from '../models/till.js';
import { Part } from './part.js';

export class KaunterNotice extends Part {
  start() {
    this.setAttribute('role', 'alert');
    notices.watch(() => this.#draw(), this.life);
    takeKeys((event) => {
      if (event.key !== 'Escape' || !notices.error) return false;
      notices.clear();
      return true;
    }, this.life);
  }

  speak() {
    this.#draw();
  }

  #draw() {
    const { error } = notices;
    if (!error) {
      this.replaceChildren();
      return;
    }
    const words = explain(error);
    this.replaceChildren(
      el(
        'div',
        { class: 'notice' },
        icon('warning'),
        el(
          'div',
          { class: 'notice-words' },
          el('strong', {}, words.title),
          el('p', {}, sentences(words.body, words.money)),
          el('small', { class: 'code' }, words.small),
        ),
        el('button', { type: 'button', class: 'bare', 'aria-label': t('close'), onclick: () => notices.clear() }, icon('cross')),
      ),
    );
  }
}

customElements.define('kaunter-notice', KaunterNotice);
