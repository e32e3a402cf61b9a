//! Importing a file of items: it is picked, shown row by row with what would become of it, and taken in whole or not at all.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, fragment } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { explainShort } from '../lib/errors.js';
import { readFile } from '../lib/files.js';
import { icon } from '../lib/icons.js';
import { problemText, problemWords } from '../lib/import-problems.js';
import { asCommandError, call } from '../lib/ipc.js';
import { grouped } from '../lib/money.js';
import { single } from '../lib/single.js';
import { language, t } from '../lib/text.js';

/** @import { ImportView, RowFate } from '../types/ipc.js' */

/** The shell has the same limit and the last word. */
const FILE_BYTES = 32 * 1024 * 1024;

/** Opens the dialog. True if items were imported. */
export async function openImport() {
  const dialog = find(fragment('import'), '[data-dialog]', HTMLDialogElement);
  const wizard = new Import(dialog);
  await openDialog(dialog);
  return wizard.done;
}

class Import {
  done = false;
  #dialog;
  #file = '';
  #digest = '';

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.#dialog = dialog;
    const input = this.#part('[data-file]', HTMLInputElement);
    input.addEventListener('change', () => this.#pick(input));
    this.#part('[data-close]', HTMLElement).addEventListener('click', () => dialog.close());
    this.#part('[data-import]', HTMLElement).addEventListener('click', () => this.#import());
    this.#part('[data-mend]', HTMLElement).addEventListener('click', () => this.#saveMistakes());
    // A file that is dropped is picked.
    dialog.addEventListener('dragover', (event) => event.preventDefault());
    dialog.addEventListener('drop', (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) this.#read(file);
    });
  }

  /** @template {Element} T @param {string} selector @param {new () => T} type */
  #part(selector, type) {
    return find(this.#dialog, selector, type);
  }

  /** @param {HTMLInputElement} input */
  async #pick(input) {
    const [file] = input.files ?? [];
    if (file) await this.#read(file);
    // The same file, mended, can be picked again.
    input.value = '';
  }

  #read = single(async (/** @type {File} */ file) => {
    await this.#busy(t('import.reading', { name: file.name }), async () => {
      this.#part('[data-seen]', HTMLElement).hidden = true;
      this.#part('[data-import]', HTMLElement).hidden = true;
      this.#part('[data-mend]', HTMLElement).hidden = true;
      this.#file = await readFile(file, FILE_BYTES, 'table_too_large');
      this.#show(file.name, await call('preview_import', { file: this.#file }));
    });
  });

  #import = single(async () => {
    await this.#busy(t('import.importing'), async () => {
      const { new: added, changed, same } = await call('import_items', { file: this.#file, digest: this.#digest });
      this.done = true;
      tell(t('import.done', { added, changed, same }));
      this.#dialog.close();
    });
  });

  #saveMistakes = single(async () => {
    await this.#busy(t('import.saving'), async () => {
      const { path } = await call('save_import_mistakes', { file: this.#file, words: problemWords() });
      const words = t('import.mistakes_saved', { path });
      const line = this.#part('[data-saved]', HTMLElement);
      line.hidden = false;
      line.replaceChildren(icon('check'), el('span', {}, words));
      tell(words);
    });
  });

  /** @param {string} words @param {() => Promise<void>} work */
  async #busy(words, work) {
    const note = this.#part('[data-busy]', HTMLElement);
    const error = this.#part('[data-error]', HTMLElement);
    error.textContent = '';
    note.hidden = false;
    note.textContent = words;
    this.#dialog.setAttribute('aria-busy', 'true');
    const buttons = [...this.#dialog.querySelectorAll('button')];
    for (const button of buttons) button.disabled = true;
    try {
      await work();
    } catch (thrown) {
      error.textContent = explainShort(asCommandError(thrown));
    } finally {
      note.hidden = true;
      this.#dialog.removeAttribute('aria-busy');
      for (const button of buttons) button.disabled = false;
    }
  }

  /** @param {string} name @param {ImportView} view */
  #show(name, view) {
    this.#digest = view.digest;
    this.#part('[data-pick]', HTMLElement).hidden = true;
    this.#part('[data-seen]', HTMLElement).hidden = false;
    this.#part('[data-saved]', HTMLElement).hidden = true;
    this.#part('[data-file-name]', HTMLElement).textContent = name;
    this.#part('[data-choose-words]', HTMLElement).textContent = t('import.choose_other');
    this.#counts(view);
    const unknown = this.#part('[data-unknown]', HTMLElement);
    unknown.hidden = view.unknown.length === 0;
    unknown.textContent = t('import.unknown', { names: new Intl.ListFormat(language()).format(view.unknown) });
    this.#mistakes(view);
    this.#rows(view);
    const go = this.#part('[data-import]', HTMLButtonElement);
    const { new: added, changed } = view.counts;
    const nothing = added + changed === 0;
    go.hidden = view.bad > 0 || nothing;
    go.textContent = t('import.go', { count: added + changed });
    const words = view.bad > 0 ? t('import.bad', { count: view.bad }) : nothing ? t('import.nothing') : t('import.ready', { count: added + changed });
    tell(words);
    if (!go.hidden) go.focus();
  }

  /** @param {ImportView} view */
  #counts({ counts, bad }) {
    /** @type {[string, number, string][]} */
    const all = [[t('import.fate_new'), counts.new, 'good'], [t('import.fate_changed'), counts.changed, 'good'], [t('import.fate_same'), counts.same, 'soft'], [t('import.fate_bad'), bad, bad > 0 ? 'bad' : 'soft']];
    const number = new Intl.NumberFormat(language());
    this.#part('[data-counts]', HTMLElement).replaceChildren(...all.map(([word, count, tone]) => el('li', { class: tone }, el('b', {}, number.format(count)), ` ${word}`)));
  }

  /** @param {ImportView} view */
  #mistakes({ bad, mistakes, allMistakes }) {
    this.#part('[data-bad]', HTMLElement).hidden = bad === 0;
    this.#part('[data-mend]', HTMLElement).hidden = bad === 0;
    this.#part('[data-bad-words]', HTMLElement).textContent = t('import.bad', { count: bad });
    this.#part('[data-mistakes]', HTMLElement).replaceChildren(...mistakes.map((mistake) =>
      el('tr', {}, el('td', {}, String(mistake.line)), el('td', {}, mistake.heading || '—'), el('td', {}, el('span', { class: 'clip' }, mistake.value || '—')), el('td', {}, problemText(mistake)))));
    const more = this.#part('[data-more-mistakes]', HTMLElement);
    more.hidden = allMistakes <= mistakes.length;
    more.textContent = t('import.more_mistakes', { count: allMistakes - mistakes.length });
  }

  /** @param {ImportView} view */
  #rows({ rows }) {
    /** @type {Record<RowFate, string>} */
    const fates = { new: t('import.fate_new'), changed: t('import.fate_changed'), same: t('import.fate_same') };
    this.#part('[data-good]', HTMLElement).hidden = rows.length === 0;
    this.#part('[data-rows]', HTMLElement).replaceChildren(...rows.map((row) =>
      el('tr', { 'data-fate': row.fate },
        el('td', {}, fates[row.fate]), el('td', {}, row.code), el('td', {}, row.name), el('td', { class: 'money' }, grouped(row.price)), el('td', {}, row.category),
        el('td', {}, el('span', { class: 'clip' }, row.barcodes.join(' · '))))));
  }
}
