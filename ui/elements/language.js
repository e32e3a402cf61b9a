//! The switch between the languages, each called by its own name. Where a page is asked for that nobody here can read,
//! this is what can still be found.
// @ts-check
import { el } from '../lib/dom.js';
import { LANGUAGE_NAMES, LANGUAGE_TAGS, language, t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import { Part } from './part.js';

/** @import { Language, LanguageChoice } from '../lib/text.js' */

/** @type {Language[]} */
const LANGUAGES = ['en', 'ms', 'zh'];

/** Attribute `system`: the computer's own language can be chosen, too. */
export class KaunterLanguage extends Part {
  #group = el('div', { class: 'segments', role: 'radiogroup' });

  start() {
    const choices = LANGUAGES.map((name) => this.#choice(name, el('span', { lang: LANGUAGE_TAGS[name] }, LANGUAGE_NAMES[name])));
    if (this.hasAttribute('system')) choices.unshift(this.#choice('system', el('span', { 'data-t': 'language.system' })));
    this.#group.replaceChildren(...choices);
    this.replaceChildren(this.#group);
    this.speak();
    session.watch(() => this.#mark(), this.life);
  }

  speak() {
    super.speak();
    this.#group.setAttribute('aria-label', t('language.title'));
    // Above a screen it is a place of its own; in Settings it is part of one.
    if (this.hasAttribute('system')) return this.#mark();
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', t('language.title'));
    this.#mark();
  }

  /** @param {LanguageChoice} choice @param {HTMLElement} words */
  #choice(choice, words) {
    return el('label', {}, el('input', { type: 'radio', name: 'language', value: choice, onchange: () => notices.attempt(() => session.setLanguage(choice)) }), words);
  }

  /** Without a choice for the system's language, the one that it came to is marked. */
  #mark() {
    const chosen = this.hasAttribute('system') ? session.view.language : language();
    for (const box of this.#group.querySelectorAll('input')) box.checked = box.value === chosen;
  }
}

customElements.define('kaunter-language', KaunterLanguage);
