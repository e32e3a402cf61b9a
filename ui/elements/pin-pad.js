//! A PIN by touch or by keys. Used to unlock and wherever a manager approves one action.
// @ts-check
import { el } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { icon } from '../lib/icons.js';
import { t } from '../lib/text.js';
import { Part } from './part.js';

/** @import { CommandError } from '../types/ipc.js' */

/** The staff's rule: 4 to 8 digits. The shell checks it. */
const LONGEST_PIN = 8;
let made = 0;

/** Fires `enter` (a CustomEvent whose detail is the PIN) when a PIN was given. */
export class KaunterPinPad extends Part {
  #input = el('input', { type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: LONGEST_PIN, 'data-t-label': 'pin', 'data-t-hint': 'pin', class: 'pin-input' });
  #error = el('p', { class: 'field-error', role: 'alert' });
  #go = el('button', { type: 'button', class: 'main key go', onclick: () => this.#give() });
  #waitUntil = 0;

  start() {
    made += 1;
    this.#error.id = `pin-error-${made}`;
    this.#input.setAttribute('aria-describedby', this.#error.id);
    const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => this.#key(digit));
    const clear = el('button', { type: 'button', class: 'key quiet', 'data-t-label': 'pin.erase', onclick: () => this.#erase() }, icon('erase'));
    this.replaceChildren(
      el('div', { class: 'pin-box', role: 'group', 'data-t-label': 'pin' }, this.#input, this.#error,
        el('div', { class: 'pin-keys' }, ...digits, clear, this.#key('0'), this.#go)),
    );
    this.speak();
    this.#input.addEventListener('input', () => {
      this.#input.value = this.#input.value.replace(/\D/g, '');
      this.#typed();
    }, { signal: this.life });
    this.#input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      this.#give();
    }, { signal: this.life });
    this.every(250, () => this.#tick());
  }

  speak() {
    super.speak();
    this.#go.textContent = this.getAttribute('go') ?? t('pin.enter');
    // What it said of the last PIN is in the other language; the next one is heard anew.
    if (this.#waitUntil === 0) this.#say('');
  }

  /** @param {string} digit */
  #key(digit) {
    return el('button', { type: 'button', class: 'key', onclick: () => this.press(digit) }, digit);
  }

  /** One digit, as if typed. @param {string} digit */
  press(digit) {
    if (this.#input.value.length < LONGEST_PIN) this.#input.value += digit;
    this.#typed();
  }

  #erase() {
    this.#input.value = this.#input.value.slice(0, -1);
    this.#typed();
  }

  #typed() {
    if (this.#waitUntil === 0) this.#say('');
  }

  #give() {
    if (this.#input.value === '' || Date.now() < this.#waitUntil) return;
    this.dispatchEvent(new CustomEvent('enter', { detail: this.#input.value }));
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  clear() {
    this.#input.value = '';
    this.#waitUntil = 0;
    this.#go.disabled = false;
    this.#say('');
  }

  /** Shows why a PIN was not taken, counts a delay down, and is ready for the next try. @param {CommandError} error */
  refuse(error) {
    this.#input.value = '';
    this.#say(explainShort(error));
    this.#input.setAttribute('aria-invalid', 'true');
    if (error.waitSeconds) this.#waitUntil = Date.now() + error.waitSeconds * 1000;
    this.#tick();
    this.focus();
  }

  /** @param {string} text */
  #say(text) {
    if (this.#error.textContent !== text) this.#error.textContent = text;
    if (text === '') this.#input.removeAttribute('aria-invalid');
  }

  #tick() {
    if (this.#waitUntil === 0) return;
    const left = Math.ceil((this.#waitUntil - Date.now()) / 1000);
    this.#go.disabled = left > 0;
    if (left > 0) {
      this.#say(t('pin.wait', { seconds: left }));
    } else {
      this.#waitUntil = 0;
      this.#say('');
    }
  }
}

customElements.define('kaunter-pin-pad', KaunterPinPad);
