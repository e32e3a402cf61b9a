//! Settings' part about the customer's display: on which screen, in which language, and whether it stands there.
// @ts-check
import { el, find, fragment } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { LANGUAGE_NAMES, t } from '../lib/text.js';
import { customerDisplay, notices } from '../models/till.js';
import { Part } from './part.js';

/**
 * @import { DisplayForm, DisplayStanding, DisplayView, ScreenView } from '../types/ipc.js'
 * @import { Language } from '../lib/text.js'
 */

/** @type {Record<DisplayStanding, 'good' | 'wait' | 'bad' | ''>} */
const TONES = { off: '', shown: 'good', closed: 'wait', screen_gone: 'wait', over_counter: 'wait', failed: 'bad' };
/** @type {Language[]} */
const LANGUAGES = ['en', 'ms', 'zh'];

export class KaunterDisplaySettings extends Part {
  start() {
    this.replaceChildren(fragment('display'));
    this.on('form', 'change', () => this.#save());
    this.on('[data-open]', 'click', () => notices.attempt(() => call('open_display', {})));
    customerDisplay.watch(() => this.#draw(), this.life);
    notices.quietly(() => customerDisplay.load());
  }

  speak() {
    super.speak();
    this.#draw();
  }

  #draw() {
    const { view } = customerDisplay;
    if (!view) return;
    this.#drawPlaces(view);
    const standing = this.find('[data-standing]', HTMLElement);
    standing.className = `note journal ${TONES[view.standing]}`;
    const words = el('span', {}, t(`display.standing.${view.standing}`));
    const said = standing.textContent;
    if (view.standing === 'off') standing.replaceChildren();
    else if (said !== words.textContent) standing.replaceChildren(icon(view.standing === 'shown' ? 'check' : 'warning'), words);
    this.find('[data-open]', HTMLElement).hidden = view.standing !== 'closed' && view.standing !== 'failed';
    const languages = find(this, 'select', HTMLSelectElement);
    languages.replaceChildren(el('option', { value: '' }, t('display.language.till')), ...LANGUAGES.map((name) => el('option', { value: name }, LANGUAGE_NAMES[name])));
    languages.value = view.language ?? '';
  }

  /** @param {DisplayView} view */
  #drawPlaces(view) {
    const focused = /** @type {HTMLInputElement | null} */ (this.querySelector('input:focus'))?.value;
    const { place, screens } = view;
    const gone = place === 'screen' && !screens.some((screen) => screen.chosen);
    const choices = [
      choice('off', t('display.off'), '', place === 'off'),
      ...screens.filter((screen) => !screen.counter).map((screen) => choice(`screen ${screen.number}`, t('display.screen', { number: screen.number }), sizeOf(screen), place === 'screen' && screen.chosen)),
      ...(gone ? [choice('screen', t('display.screen_gone'), '', true)] : []),
      choice('window', t('display.window'), t('display.window_why'), place === 'window'),
    ];
    const list = this.find('[data-places]', HTMLElement);
    list.replaceChildren(...choices);
    if (screens.length < 2) list.append(el('p', { class: 'soft small' }, t('display.one_screen')));
    const again = [...list.querySelectorAll('input')].find((box) => box.value === focused);
    again?.focus();
  }

  async #save() {
    const [place = 'off', number] = find(this, 'input[name=displayPlace]:checked', HTMLInputElement).value.split(' ');
    const language = find(this, 'select', HTMLSelectElement).value;
    /** @type {DisplayForm} */
    const form = {
      place: /** @type {DisplayForm['place']} */ (place),
      screen: number === undefined ? null : Number(number),
      language: language === '' ? null : /** @type {DisplayForm['language']} */ (language),
    };
    if (!(await notices.attempt(() => customerDisplay.save(form)))) this.#draw();
  }
}

/** @param {string} value @param {string} words @param {string} small @param {boolean} checked */
function choice(value, words, small, checked) {
  return el('label', { class: 'choice' }, el('input', { type: 'radio', name: 'displayPlace', value, checked }),
    el('span', {}, el('b', {}, words), small === '' ? null : el('small', { class: 'soft' }, small)));
}

/** @param {ScreenView} screen */
const sizeOf = ({ name, width, height }) => [name, `${width} × ${height}`].filter(Boolean).join(' · ');

customElements.define('kaunter-display-settings', KaunterDisplaySettings);
