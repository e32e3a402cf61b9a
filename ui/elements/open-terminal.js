//! In training's banner: opens the virtual terminal, at which whoever trains is the customer.
// @ts-check
import { el } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import { Part } from './part.js';

export class KaunterOpenTerminal extends Part {
  #words = el('span');

  start() {
    this.replaceChildren(el('button', { type: 'button', onclick: () => notices.attempt(() => call('open_terminal', {})) }, el('span', {}, icon('terminal'), this.#words)));
    this.speak();
    session.watch(() => { this.hidden = session.view.session === null; }, this.life);
  }

  speak() {
    this.#words.textContent = t('vt.open');
  }
}

customElements.define('kaunter-open-terminal', KaunterOpenTerminal);
