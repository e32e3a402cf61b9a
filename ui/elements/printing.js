//! Settings' part about receipts: the printer, the words, and how a receipt prints, drawn from the very rows that are printed.
// @ts-check
import { alert } from '../lib/announce.js';
import { el, find, fragment } from '../lib/dom.js';
import { readFile } from '../lib/files.js';
import { clearErrors, setValue, showRefusal, value } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { testWords } from '../lib/prints.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { notices, prints } from '../models/till.js';
import { SavedForm } from './saved-form.js';

/** @import { PlacesView, PrintForm, PrintSettingsView, PrintView } from '../types/ipc.js' */

/** How long after the last change the preview is drawn anew. */
const PAUSE = 250;
/** What the shell takes of a logo: it is drawn small, and kept with every receipt's settings. */
const LOGO_BYTES = 256 * 1024;
/** An address that is no printer's stands beside the printer, whatever kind it is of. */
const PLACES = { address: 'connection', name: 'form', picture: 'logo' };

export class KaunterPrinting extends SavedForm {
  places = PLACES;
  /** @type {PlacesView | null} */
  #found = null;
  /** @type {PrintForm | null} */
  #kept = null;
  /** @type {PrintView | null} */
  #outcome = null;
  #turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  start() {
    this.#found = null;
    this.#outcome = null;
    this.replaceChildren(fragment('printing'));
    this.listen(() => this.#save());
    this.on('[data-printing]', 'input', (event) => this.#edited(event));
    this.on('[data-test]', 'click', () => this.#test());
    this.on('[data-look]', 'click', () => this.#look());
    this.on('[name=logo]', 'change', () => this.#pick());
    this.on('[data-remove-logo]', 'click', () => this.#logo(async () => null));
    this.life.addEventListener('abort', () => clearTimeout(this.#timer));
    notices.quietly(async () => {
      const settings = await call('print_settings', {});
      if (this.isConnected) this.#fill(settings);
    });
  }

  speak() {
    super.speak();
    this.#drawFound();
    this.#drawOutcome();
    this.#preview();
  }

  /** @param {PrintSettingsView} settings */
  #fill(settings) {
    prints.take(settings);
    const { form } = settings;
    this.#kept = form;
    const rates = find(this.form, '[name=baud]', HTMLSelectElement);
    rates.replaceChildren(...settings.baudRates.map((rate) => el('option', { value: rate }, String(rate))));
    for (const name of /** @type {const} */ (['kind', 'address', 'page', 'paper', 'when'])) setValue(this.form, name, form[name]);
    setValue(this.form, 'baud', String(form.baud));
    setValue(this.form, 'first', form.first ?? '');
    setValue(this.form, 'second', form.second ?? '');
    setValue(this.form, 'footer', form.footer.join('\n'));
    for (const name of /** @type {const} */ (['cut', 'drawer', 'code'])) this.box(name).checked = form[name];
    this.#showLogo(settings);
    this.#drawFound();
    this.#showKind();
    this.#preview();
  }

  /** @param {PrintSettingsView} settings */
  #showLogo(settings) {
    this.find('[data-logo-there]', HTMLElement).hidden = settings.logo === null;
    find(this.form, '[name=logo]', HTMLInputElement).value = '';
  }

  /** Only what belongs to the kind of printer is shown. */
  #showKind() {
    const kind = value(this.form, 'kind');
    for (const part of this.querySelectorAll('[data-for]')) {
      /** @type {HTMLElement} */ (part).hidden = !part.getAttribute('data-for')?.split(' ').includes(kind);
    }
    if (['serial', 'usb', 'system'].includes(kind) && !this.#found) this.#look();
  }

  /** @param {Event} event */
  #edited(event) {
    const name = event.target instanceof HTMLElement ? event.target.getAttribute('name') : null;
    if (name === 'logo') return;
    if (name === 'kind') this.#showKind();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#preview(), PAUSE);
  }

  /** @returns {PrintForm} */
  #read() {
    const form = this.form;
    const footer = value(form, 'footer').split('\n').map((line) => line.trimEnd());
    while (footer.at(-1) === '') footer.pop();
    const language = (/** @type {string} */ name) => /** @type {PrintForm['first']} */ (value(form, name) || null);
    return {
      kind: /** @type {PrintForm['kind']} */ (value(form, 'kind')),
      address: value(form, 'address').trim(),
      port: value(form, 'port'),
      baud: Number(value(form, 'baud')),
      device: value(form, 'device'),
      name: value(form, 'name'),
      page: /** @type {PrintForm['page']} */ (value(form, 'page')),
      cut: this.box('cut').checked,
      drawer: this.box('drawer').checked,
      paper: /** @type {PrintForm['paper']} */ (value(form, 'paper')),
      when: /** @type {PrintForm['when']} */ (value(form, 'when')),
      first: language('first'),
      second: language('second'),
      footer,
      code: this.box('code').checked,
    };
  }

  /** The newest change wins, whichever answer comes last. */
  async #preview() {
    const turn = (this.#turn += 1);
    try {
      const { picture, width, height, lacksLetters } = await call('preview_receipt', { form: this.#read() });
      if (turn !== this.#turn || !this.isConnected) return;
      const image = this.find('[data-preview]', HTMLImageElement);
      image.src = picture;
      image.width = width;
      image.height = height;
      image.hidden = false;
      this.find('[data-lacks]', HTMLElement).hidden = !lacksLetters;
    } catch (thrown) {
      // What does not fit is said when it is saved; until then the last preview stands.
    }
  }

  #look = single(async () => {
    const button = this.find('[data-look]', HTMLButtonElement);
    button.setAttribute('aria-busy', 'true');
    await notices.attempt(async () => {
      this.#found = await call('printers', {});
      if (this.isConnected) this.#drawFound();
    });
    button.removeAttribute('aria-busy');
  });

  /** What was found, and what is set even when it is not plugged in now. */
  #drawFound() {
    const { serial, usb, system } = this.#found ?? { serial: [], usb: [], system: [] };
    const same = (/** @type {string} */ name) => ({ value: name, name });
    this.#offer('port', serial.map(same));
    this.#offer('device', usb.map(({ device, name }) => ({ value: device, name })));
    this.#offer('name', system.map(same));
  }

  /** @param {'port' | 'device' | 'name'} name @param {{ value: string, name: string }[]} found */
  #offer(name, found) {
    const list = find(this.form, `[name=${name}]`, HTMLSelectElement);
    const chosen = list.value || this.#kept?.[name] || '';
    const all = chosen && !found.some((place) => place.value === chosen) ? [...found, { value: chosen, name: chosen }] : found;
    list.replaceChildren(...all.map((place) => el('option', { value: place.value }, place.name)));
    if (all.length === 0) list.append(el('option', { value: '' }, t('print.none_found')));
    else if (chosen) list.value = chosen;
  }

  async #pick() {
    const input = find(this.form, '[name=logo]', HTMLInputElement);
    const [file] = input.files ?? [];
    if (!file) return;
    await this.#logo(async () => {
      const address = await readFile(file, LOGO_BYTES, 'picture_too_large');
      return address.slice(address.indexOf(',') + 1);
    });
    // The same file, mended, can be picked again.
    input.value = '';
  }

  /** @param {() => Promise<string | null>} read the picture in base 64; null for none */
  async #logo(read) {
    clearErrors(this.form);
    try {
      const picture = await read();
      const settings = await call('set_receipt_logo', { picture });
      if (!this.isConnected) return;
      prints.take(settings);
      this.#showLogo(settings);
      this.#preview();
    } catch (thrown) {
      showRefusal(this.form, thrown, PLACES, { picture_too_large: t('print.logo_too_large') });
    }
  }

  #test = single(async () => {
    const button = this.find('[data-test]', HTMLButtonElement);
    clearErrors(this.form);
    this.#outcome = null;
    this.#drawOutcome();
    button.setAttribute('aria-busy', 'true');
    try {
      this.#outcome = await call('test_print', { form: this.#read() });
      if (!this.isConnected) return;
      this.#drawOutcome();
      const { tone, words } = testWords(this.#outcome);
      if (tone === 'bad' || tone === 'wait') alert(words);
    } catch (thrown) {
      showRefusal(this.form, thrown, PLACES);
    } finally {
      button.removeAttribute('aria-busy');
    }
  });

  #drawOutcome() {
    const line = this.find('[data-outcome]', HTMLElement);
    line.hidden = !this.#outcome;
    if (!this.#outcome) return;
    const { tone, words } = testWords(this.#outcome);
    line.className = `note ${tone}`;
    line.replaceChildren(icon(tone === 'good' ? 'check' : tone === 'quiet' ? 'info' : 'warning'), el('span', {}, words));
  }

  #save() {
    return this.save(() => call('save_print_settings', { form: this.#read() }), (settings) => this.#fill(settings));
  }
}

customElements.define('kaunter-printing', KaunterPrinting);
