//! The ring that runs down while the terminal works: how long the till still waits for an answer.
// @ts-check
import { tell } from '../lib/announce.js';
import { secondsUntil } from '../lib/time.js';
import { t } from '../lib/text.js';
import { Part } from './part.js';

const SVG = 'http://www.w3.org/2000/svg';
/** The ring's length in its own units; the dash is a share of it. */
const ROUND = 100;
/** Told to readers at these many seconds; more often would talk over the customer. */
const TOLD_AT = [30, 10];

/** Attributes: `from` and `until`, ISO times. Without them the ring is full and shows no number. */
export class KaunterCountdown extends Part {
  #told = new Set();

  start() {
    this.setAttribute('role', 'timer');
    const ring = document.createElementNS(SVG, 'svg');
    ring.setAttribute('viewBox', '0 0 36 36');
    ring.setAttribute('aria-hidden', 'true');
    for (const name of ['track', 'left']) {
      const circle = document.createElementNS(SVG, 'circle');
      for (const [key, value] of Object.entries({ cx: '18', cy: '18', r: '15.9155', pathLength: String(ROUND), class: name })) {
        circle.setAttribute(key, value);
      }
      ring.append(circle);
    }
    const number = document.createElement('span');
    number.className = 'number money';
    this.replaceChildren(ring, number);
    this.#tick();
    this.every(250, () => this.#tick());
  }

  #tick() {
    const from = this.getAttribute('from');
    const until = this.getAttribute('until');
    const ring = this.find('.left', SVGCircleElement);
    const number = this.find('.number', HTMLElement);
    this.toggleAttribute('data-idle', !from || !until);
    if (!from || !until) {
      number.textContent = '';
      this.setAttribute('aria-label', t('pay.starting'));
      return;
    }
    const whole = Date.parse(until) - Date.parse(from);
    const left = Math.max(0, Date.parse(until) - Date.now());
    ring.style.strokeDashoffset = String(ROUND * (1 - Math.min(1, left / whole)));
    const seconds = secondsUntil(until);
    this.toggleAttribute('data-late', seconds <= 10);
    if (number.textContent === String(seconds)) return;
    number.textContent = String(seconds);
    this.setAttribute('aria-label', t('pay.seconds_left', { seconds }));
    if (TOLD_AT.includes(seconds) && !this.#told.has(seconds)) {
      this.#told.add(seconds);
      tell(t('pay.seconds_left', { seconds }));
    }
  }
}

customElements.define('kaunter-countdown', KaunterCountdown);
