//! The log, newest first, a page at a time: filtered by Rust, and shown as the text that it is.
// @ts-check
import { tell } from '../lib/announce.js';
import { openDialog } from '../lib/dialog.js';
import { el, find, fragment, keyed } from '../lib/dom.js';
import { call } from '../lib/ipc.js';
import { whole } from '../lib/numbers.js';
import { t } from '../lib/text.js';
import { monthDayAndTime } from '../lib/time.js';
import { notices } from '../models/till.js';

/** @import { LogLine } from '../types/ipc.js' */

/** How long after the last key the log is searched. */
const TYPED = 250;
/** How often it is looked at anew while it is followed. */
const LOOK = 2_000;

/** Opens the log over the screen. @returns {Promise<string>} */
export function openLog() {
  const dialog = find(fragment('log-viewer'), 'dialog', HTMLDialogElement);
  const viewer = new Viewer(dialog);
  const closed = openDialog(dialog);
  viewer.begin();
  return closed.finally(() => viewer.end());
}

class Viewer {
  /** @type {LogLine[]} */
  #lines = [];
  /** @type {string | null} */
  #older = null;
  /** Counts the questions, so that the answer to an earlier one is not shown over that to a later one. */
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typed;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    this.list = find(dialog, '[data-lines]', HTMLElement);
    this.words = find(dialog, '[name=find]', HTMLInputElement);
    this.level = find(dialog, '[name=level]', HTMLSelectElement);
    this.follow = find(dialog, '[name=follow]', HTMLInputElement);
    this.words.addEventListener('input', () => {
      clearTimeout(this.#typed);
      this.#typed = setTimeout(() => this.#show(), TYPED);
    });
    this.level.addEventListener('change', () => this.#show());
    this.follow.addEventListener('change', () => this.#show());
    find(dialog, '[data-older]', HTMLElement).addEventListener('click', () => {
      this.follow.checked = false;
      this.#show(this.#older);
    });
    find(dialog, '[data-copy]', HTMLElement).addEventListener('click', () => this.#copy());
    find(dialog, '[data-close]', HTMLElement).addEventListener('click', () => dialog.close());
  }

  begin() {
    this.#timer = setInterval(() => {
      if (this.follow.checked) this.#show();
    }, LOOK);
    this.#show();
  }

  end() {
    clearTimeout(this.#typed);
    clearInterval(this.#timer);
    this.#asked += 1;
  }

  /** Shows the newest lines, or adds those before `older`. @param {string | null} older */
  async #show(older = null) {
    const mine = (this.#asked += 1);
    const form = { level: this.level.value, text: this.words.value, older };
    await notices.attempt(async () => {
      const page = await call('log_page', { form });
      if (mine !== this.#asked) return;
      this.#lines = older === null ? page.lines : [...this.#lines, ...page.lines];
      this.#older = page.older;
      this.#draw();
    });
  }

  #draw() {
    keyed(this.list, this.#lines, (line) => line.place, entry);
    const empty = this.#lines.length === 0;
    find(this.dialog, '[data-none]', HTMLElement).hidden = !empty;
    find(this.dialog, '[data-older]', HTMLElement).hidden = this.#older === null;
    this.#count(t('log.count', { count: whole(this.#lines.length) }));
  }

  /** @param {string} words */
  #count(words) {
    const place = find(this.dialog, '[data-count]', HTMLElement);
    // A status that is written anew is read out anew.
    if (place.textContent !== words) place.textContent = words;
  }

  async #copy() {
    const text = [...this.#lines].reverse().map((line) => [line.at, line.level, line.target, line.text].filter(Boolean).join(' ')).join('\n');
    try {
      await navigator.clipboard.writeText(text);
      this.#count(t('log.copied', { count: whole(this.#lines.length) }));
    } catch (thrown) {
      this.#count(t('log.not_copied'));
    }
    tell(find(this.dialog, '[data-count]', HTMLElement).textContent ?? '');
  }
}

/** @param {LogLine} line */
function entry({ at, level, target, text }) {
  const time = Number.isNaN(Date.parse(at)) ? '' : monthDayAndTime(at);
  return el(
    'li',
    { 'data-level': level },
    el('time', { datetime: at || null }, time),
    el('span', { class: 'log-level' }, level),
    el('span', { class: 'log-text' }, target ? el('span', { class: 'log-target' }, target) : null, text),
  );
}
