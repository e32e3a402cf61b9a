//! What stands where a list or a form would: nothing there yet, on its way, or not to be had, each with what to do next.
// @ts-check
import { el } from '../lib/dom.js';
import { explain } from '../lib/errors.js';
import { icon } from '../lib/icons.js';
import { asCommandError } from '../lib/ipc.js';
import { sentences, t } from '../lib/text.js';
import { notices } from '../models/till.js';
import { Part } from './part.js';

/**
 * @import { IconName } from '../lib/icons.js'
 * @import { TextKey } from '../lib/text.js'
 * @import { CommandError } from '../types/ipc.js'
 * @typedef {object} Empty
 * @property {IconName} icon
 * @property {TextKey} title what is so
 * @property {TextKey} [hint] what to do about it
 * @property {Record<string, string | number>} [args] for both sentences
 * @property {{ word: TextKey, run: () => unknown, main?: boolean }} [action] the first step, as a button
 */

/** What is there sooner than this is never said to be on its way: a word that flickers is worse than none. */
const PATIENCE_MS = 200;

/** Shows nothing until it is told otherwise. A level for its title can be given by `level` (2 unless told). */
export class KaunterState extends Part {
  /** @type {(() => Node[]) | null} */
  #draw = null;
  #asked = 0;

  start() {
    this.hidden = this.#draw === null;
    if (this.#draw) this.replaceChildren(...this.#draw());
  }

  speak() {
    if (this.#draw) this.replaceChildren(...this.#draw());
  }

  /** Nothing is in the way: what there is shows itself. */
  clear() {
    this.#show('none', null);
  }

  /** There is nothing here, or nothing that fits. @param {Empty} empty */
  empty(empty) {
    const { action, args } = empty;
    this.#show('empty', () => [
      icon(empty.icon),
      this.#title(t(empty.title, args)),
      ...(empty.hint ? [el('p', {}, t(empty.hint, args))] : []),
      ...(action ? [el('button', { type: 'button', class: action.main ? 'main' : null, onclick: () => action.run() }, t(action.word))] : []),
    ]);
  }

  /** It is on its way. */
  loading() {
    this.#show('loading', () => [el('span', { class: 'state-wheel', 'aria-hidden': 'true' }), el('p', { role: 'status' }, t('loading'))]);
  }

  /** It could not be had. @param {CommandError} error @param {() => unknown} again */
  error(error, again) {
    this.#show('error', () => {
      const words = explain(error);
      return [
        icon('warning'),
        this.#title(words.title),
        el('p', { role: 'alert' }, sentences(words.body, words.money)),
        el('button', { type: 'button', 'data-again': true, onclick: () => again() }, t('state.again')),
        el('small', { class: 'code' }, words.small),
      ];
    });
  }

  /**
   * Asks, and shows what becomes of it: nothing at first, then that it is on its way, then either nothing (and `done` shows
   * what came) or why it could not be had, with a button to ask once more. The answer to an older question is dropped.
   * @template T
   * @param {() => Promise<T>} ask
   * @param {(found: T) => void} done
   */
  async load(ask, done) {
    const turn = (this.#asked += 1);
    const isNow = () => turn === this.#asked && this.isConnected;
    const focused = this.contains(document.activeElement);
    const slow = setTimeout(() => isNow() && this.loading(), PATIENCE_MS);
    try {
      const found = await ask();
      if (!isNow()) return;
      this.clear();
      done(found);
    } catch (thrown) {
      if (!isNow()) return;
      const error = asCommandError(thrown);
      // Nobody is signed in any more: the frame shows the lock screen.
      if (error.code === 'locked') notices.show(thrown);
      else this.error(error, () => this.load(ask, done));
      if (focused) this.querySelector('button')?.focus();
    } finally {
      clearTimeout(slow);
    }
  }

  /** @param {string} words */
  #title(words) {
    return el(this.getAttribute('level') === '3' ? 'h3' : 'h2', {}, words);
  }

  /** @param {'none' | 'empty' | 'loading' | 'error'} kind @param {(() => Node[]) | null} draw */
  #show(kind, draw) {
    this.#draw = draw;
    this.dataset.kind = kind;
    this.hidden = draw === null;
    this.replaceChildren(...(draw ? draw() : []));
  }
}

customElements.define('kaunter-state', KaunterState);
