//! What every piece of the page shares: it starts when it is put in place and lets go of everything when it leaves.
// @ts-check
import { find, focusOn } from '../lib/dom.js';
import { fillIn, onLanguage } from '../lib/text.js';
import { keymap } from '../models/keymap.js';

export class Part extends HTMLElement {
  #life = new AbortController();

  /** Ends when the part leaves the page. */
  get life() {
    return this.#life.signal;
  }

  connectedCallback() {
    this.#life = new AbortController();
    this.start();
    onLanguage(() => this.speak(), this.life);
    keymap.watch(() => keymap.draw(this), this.life);
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** Sets the part up; listeners and timers end with `life`. */
  start() {}

  /** Says all its words anew after a change of language, and keeps everything else. What the markup names is done here. */
  speak() {
    fillIn(this);
  }

  /**
   * @template {Element} T
   * @param {string} selector
   * @param {new () => T} type
   */
  find(selector, type) {
    return find(this, selector, type);
  }

  /**
   * @template {keyof HTMLElementEventMap} K
   * @param {string} selector
   * @param {K} type
   * @param {(event: HTMLElementEventMap[K]) => void} take
   */
  on(selector, type, take) {
    this.find(selector, HTMLElement).addEventListener(type, take, { signal: this.life });
  }

  /** Calls `look` every `ms` while the part is in place. @param {number} ms @param {() => void} look */
  every(ms, look) {
    const timer = setInterval(look, ms);
    this.life.addEventListener('abort', () => clearInterval(timer));
  }

  /** Puts focus where the screen begins. */
  land() {
    const place = this.querySelector('[data-landing]');
    if (place instanceof HTMLElement) focusOn(place);
  }
}
