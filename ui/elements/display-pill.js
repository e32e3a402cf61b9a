//! In the bar, while the customer's display is not where it belongs: says so, and opens it again.
// @ts-check
import { el } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { customerDisplay, notices, session } from '../models/till.js';
import { Part } from './part.js';

const MISSING = new Set(['closed', 'screen_gone', 'over_counter', 'failed']);

export class KaunterDisplayPill extends Part {
  #who = 0;

  start() {
    customerDisplay.watch(() => this.#draw(), this.life);
    session.watch(() => this.#arrived(), this.life);
  }

  speak() {
    this.#draw();
  }

  /** Whoever signs in is told how it stands; after that the shell tells of each change. */
  #arrived() {
    const who = session.view.session?.id ?? 0;
    if (who === this.#who) return;
    this.#who = who;
    if (who !== 0) notices.quietly(() => customerDisplay.load());
  }

  #draw() {
    const standing = customerDisplay.view?.standing ?? 'off';
    this.hidden = !MISSING.has(standing);
    if (this.hidden) return this.replaceChildren();
    const words = t(`display.standing.${standing}`);
    this.replaceChildren(
      el('button', { type: 'button', class: 'pill warn', title: words, 'aria-label': `${t('display.open')}. ${words}`, onclick: () => notices.attempt(() => call('open_display', {})) },
        icon('screen'), el('span', { class: 'clip' }, t('display.short'))),
    );
  }
}

customElements.define('kaunter-display-pill', KaunterDisplayPill);
