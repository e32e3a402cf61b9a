//! Settings' panel for the counter itself: its keys, and how loud it is.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, fragment } from '../lib/dom.js';
import { SOUNDS } from '../lib/sounds.js';
import { t } from '../lib/text.js';
import { percent } from '../lib/numbers.js';
import { counter, notices, sounds } from '../models/till.js';
import { openKeyChoice } from './key-choice.js';
import { Part } from './part.js';

/** @import { SoundName } from '../lib/sounds.js' */

export class KaunterCounterSettings extends Part {
  start() {
    this.replaceChildren(fragment('counter-settings'));
    this.on('[data-keys]', 'click', () => openKeyChoice());
    this.on('[name=on]', 'change', () => this.#save());
    this.on('[name=volume]', 'input', () => this.#say());
    this.on('[name=volume]', 'change', () => this.#save());
    counter.watch(() => this.#draw(), this.life);
  }

  speak() {
    super.speak();
    this.#draw();
  }

  get #box() {
    return this.find('[name=on]', HTMLInputElement);
  }

  get #volume() {
    return this.find('[name=volume]', HTMLInputElement);
  }

  #draw() {
    const { volume, muted } = counter.view;
    this.#box.checked = !muted;
    this.#volume.value = String(volume);
    this.#volume.disabled = muted;
    const names = /** @type {SoundName[]} */ (Object.keys(SOUNDS));
    this.find('[data-tests]', HTMLElement).replaceChildren(
      ...names.map((name) => el('button', { type: 'button', disabled: muted, onclick: () => sounds.play(name) }, t(`sound.${name}`))));
    this.#say();
  }

  #say() {
    const words = percent(Number(this.#volume.value));
    this.find('[data-percent]', HTMLElement).textContent = words;
    this.#volume.setAttribute('aria-valuetext', words);
  }

  async #save() {
    // As set, whatever becomes of the saving: the test buttons let it be heard.
    if (!(await notices.attempt(() => counter.saveSounds(Number(this.#volume.value), !this.#box.checked)))) this.#draw();
    else tell(t('saved'));
    if (!counter.view.muted && document.activeElement === this.#volume) sounds.play('scanned');
  }
}

customElements.define('kaunter-counter-settings', KaunterCounterSettings);
