//! The bar above every screen: where one can go, what is unresolved, the terminal, who is signed in, the time.
// @ts-check
import { el, fragment } from '../lib/dom.js';
import { whole } from '../lib/numbers.js';
import { hourMinute } from '../lib/time.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import { initials, terminalLabel } from '../lib/labels.js';
import './display-pill.js';
import './open-terminal.js';
import { Part } from './part.js';

export class KaunterBar extends Part {
  start() {
    this.replaceChildren(fragment('bar'));
    this.on('[data-lock]', 'click', () => notices.attempt(() => session.lock()));
    session.watch(() => this.#draw(), this.life);
    window.addEventListener('hashchange', () => this.#markPlace(), { signal: this.life });
    this.#tick();
    this.every(1000, () => this.#tick());
  }

  speak() {
    super.speak();
    this.#tick();
    this.#draw();
  }

  #tick() {
    const clock = this.find('[data-clock]', HTMLElement);
    const now = hourMinute(new Date());
    if (clock.textContent !== now) clock.textContent = now;
  }

  #draw() {
    const { mode, session: who, terminal, unresolved } = session.view;
    this.find('[data-training]', HTMLElement).hidden = mode !== 'training';
    this.find('[data-bar]', HTMLElement).hidden = who === null;
    if (!who) return;
    for (const link of this.querySelectorAll('[data-manager]')) {
      /** @type {HTMLElement} */ (link).hidden = who.role !== 'manager';
    }
    const open = this.find('[data-unresolved]', HTMLElement);
    const count = this.find('[data-counted]', HTMLElement);
    count.hidden = unresolved === 0;
    // Drawn by the style sheet, as the initials are.
    count.dataset.count = whole(unresolved);
    this.find('[data-count-words]', HTMLElement).textContent = t('bar.unresolved', { count: whole(unresolved) });
    // Beside the name, so that the link is called the same whatever there is to settle.
    if (unresolved > 0) open.setAttribute('aria-describedby', 'unresolved-count');
    else open.removeAttribute('aria-describedby');
    const pill = this.find('[data-terminal]', HTMLElement);
    pill.classList.toggle('on', terminal?.light === 'on');
    pill.classList.toggle('off', terminal?.light === 'off');
    pill.classList.toggle('warn', !terminal);
    const name = terminal ? terminalLabel(terminal) : t('bar.no_terminal');
    pill.replaceChildren(el('span', { class: 'clip' }, name));
    pill.setAttribute('aria-label', terminal ? t('bar.terminal', { name, light: t(`light.${terminal.light}`) }) : name);
    // Drawn by the style sheet: as text it would have to be part of the button's name.
    this.find('[data-face]', HTMLElement).dataset.initials = initials(who.name);
    this.find('[data-who]', HTMLElement).textContent = who.name;
    this.find('[data-lock]', HTMLElement).setAttribute('aria-label', t('bar.lock', { name: who.name }));
    this.#markPlace();
  }

  #markPlace() {
    const here = location.hash.split('/')[1] ?? 'sell';
    for (const link of this.querySelectorAll('[data-nav] a')) {
      const at = link.getAttribute('href') === `#/${here || 'sell'}`;
      if (at) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }
}

customElements.define('kaunter-bar', KaunterBar);
