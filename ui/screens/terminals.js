//! Terminals: which there are, whether they can be reached, what they are called here, and which one this till uses.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, fragment, keyed, tieFields } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { toTheSecond } from '../lib/time.js';
import { icon } from '../lib/icons.js';
import { terminalLabel } from '../lib/labels.js';
import { lookout, notices, session, terminals } from '../models/till.js';
import { KaunterBindPanel } from '../elements/bind-panel.js';
import { openLastTransaction } from '../elements/last-transaction.js';
import { Part } from '../elements/part.js';
import { KaunterState } from '../elements/state.js';
import '../elements/wallet-list.js';

/** @import { TerminalView } from '../types/ipc.js' */

export class KaunterTerminals extends Part {
  start() {
    this.replaceChildren(fragment('terminals'));
    this.on('[data-refresh]', 'click', () => this.#refresh());
    this.on('[data-add]', 'click', () => this.#bind(!this.#panel));
    this.find('[data-add]', HTMLElement).hidden = !session.isManager;
    lookout.closely(this.life);
    this.life.addEventListener('abort', () => terminals.greet());
    terminals.watch(() => this.#draw(), this.life);
    this.#load();
  }

  get #state() {
    return this.find('[data-state]', KaunterState);
  }

  #load() {
    const ask = () => terminals.load(session.view.mode === 'training');
    // Those that are known stay while their news is on the way.
    if (terminals.loaded) notices.quietly(ask);
    else this.#state.load(ask, () => this.#draw());
  }

  get #panel() {
    return this.querySelector('kaunter-bind-panel');
  }

  /** Opens or closes what a new terminal is bound with. @param {boolean} open */
  #bind(open) {
    const add = this.find('[data-add]', HTMLButtonElement);
    add.setAttribute('aria-expanded', String(open));
    const place = this.find('[data-bind-place]', HTMLElement);
    if (!open) {
      place.replaceChildren();
      add.focus();
      return;
    }
    const panel = new KaunterBindPanel();
    panel.addEventListener('close', () => this.#bind(false));
    panel.addEventListener('show', (event) => this.#showCard(/** @type {CustomEvent<string>} */ (event).detail));
    place.replaceChildren(panel);
    panel.land();
    // The place where a new one will stand is asked about more often from now on.
    lookout.closely(panel.life);
  }

  /** @param {string} id */
  #showCard(id) {
    const card = [...this.querySelectorAll('.terminal-card')].find((one) => /** @type {HTMLElement} */ (one).dataset.key === id);
    card?.scrollIntoView({ block: 'center' });
    card?.querySelector('input')?.focus();
  }

  #refresh = single(async () => {
    const button = this.find('[data-refresh]', HTMLButtonElement);
    button.setAttribute('aria-busy', 'true');
    const done = await notices.attempt(() => terminals.refresh());
    button.removeAttribute('aria-busy');
    if (done) tell(t('terminals.refreshed'));
  });

  #draw() {
    const { terminals: all, checkedAt, problem } = terminals.view;
    keyed(this.find('[data-terminals]', HTMLElement), all, (terminal) => terminal.id, makeCard, updateCard);
    if (all.length > 0) this.#state.clear();
    else if (terminals.loaded) this.#state.empty({ icon: 'terminal', title: session.isManager ? 'bind.none' : 'bind.none_cashier' });
    this.find('[data-problem]', HTMLElement).textContent = problem ? explainShort(problem) : '';
    this.find('[data-checked]', HTMLElement).textContent = checkedAt ? t('terminals.checked', { time: toTheSecond(checkedAt) }) : '';
  }
}

/** @param {TerminalView} terminal */
function makeCard(terminal) {
  const { id } = terminal;
  const save = () => notices.attempt(async () => {
    const name = find(card, 'input[type=text]', HTMLInputElement).value.trim();
    if (name === (terminals.view.terminals.find((one) => one.id === id)?.name ?? '')) return;
    await terminals.rename(id, name);
    tell(t('saved'));
  });
  const share = async (/** @type {HTMLInputElement} */ box) => {
    if (await notices.attempt(() => terminals.share(id, box.checked))) tell(t('saved'));
    else box.checked = !box.checked;
  };
  const card = el(
    'li',
    { class: 'terminal-card' },
    el('div', { class: 'terminal-top' }, el('span', { class: 'terminal-picture' }, icon('terminal')), el('h2', { 'data-title': true }), el('span', { class: 'pill', 'data-light': true }), el('p', { class: 'soft small', 'data-kind': true }), el('span', { class: 'badge good', 'data-fresh': true }, t('bind.new'))),
    el('div', { class: 'field' }, el('label', {}, t('terminals.name')), el('input', { type: 'text', maxlength: 24, autocomplete: 'off', placeholder: t('terminals.name_hint'), onchange: save, onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && save() })),
    el('div', { class: 'field', 'data-script-field': true }, el('label', {}, t('terminals.script')), el('select', { onchange: (/** @type {Event} */ event) => notices.attempt(() => terminals.setScript(id, /** @type {HTMLSelectElement} */ (event.target).value)) })),
    el('label', { class: 'check', 'data-share': true }, el('input', { type: 'checkbox', onchange: (/** @type {Event} */ event) => share(/** @type {HTMLInputElement} */ (event.target)) }), el('span', {}, t('terminals.shared'))),
    el('p', { class: 'small soft', 'data-is-shared': true }, t('terminals.is_shared')),
    el('p', { class: 'small wait', 'data-held': true }, t('terminals.held')),
    el('button', { type: 'button', class: 'bare', 'data-last': true, onclick: () => lastOf(id) }, t('last.open')),
    el('button', { type: 'button', 'data-choose': true, onclick: () => notices.attempt(async () => { await terminals.choose(id); tell(t('terminals.chosen_now')); }) }),
  );
  tieFields(card);
  return card;
}

/** @param {string} id */
function lastOf(id) {
  const terminal = terminals.view.terminals.find((one) => one.id === id);
  if (terminal) openLastTransaction(terminal);
}

/** @param {HTMLElement} card @param {TerminalView} terminal */
function updateCard(card, terminal) {
  const fresh = terminals.fresh.includes(terminal.id);
  card.toggleAttribute('data-is-fresh', fresh);
  find(card, '[data-fresh]', HTMLElement).hidden = !fresh;
  find(card, '[data-last]', HTMLElement).setAttribute('aria-label', t('last.open_of', { name: terminalLabel(terminal) }));
  card.toggleAttribute('data-chosen', terminal.chosen);
  find(card, '[data-title]', HTMLElement).textContent = terminalLabel(terminal);
  find(card, '[data-kind]', HTMLElement).textContent = `${t(`terminals.kind.${terminal.kind}`)} · ${terminal.id}`;
  const light = find(card, '[data-light]', HTMLElement);
  light.className = `pill ${terminal.light}`;
  light.textContent = t(`light.${terminal.light}`);
  const name = find(card, 'input[type=text]', HTMLInputElement);
  if (document.activeElement !== name) name.value = terminal.name;
  find(card, '[data-held]', HTMLElement).hidden = !terminal.held;
  find(card, '[data-share]', HTMLElement).hidden = !session.isManager;
  find(card, '[data-share] input', HTMLInputElement).checked = terminal.shared;
  find(card, '[data-is-shared]', HTMLElement).hidden = session.isManager || !terminal.shared;
  const scripted = terminals.scripts.length > 0;
  find(card, '[data-script-field]', HTMLElement).hidden = !scripted;
  const select = find(card, 'select', HTMLSelectElement);
  if (select.options.length !== terminals.scripts.length) {
    select.replaceChildren(...terminals.scripts.map((script) => el('option', { value: script.name }, script.label)));
  }
  if (document.activeElement !== select || select.value !== terminal.script) select.value = terminal.script;
  const choose = find(card, '[data-choose]', HTMLButtonElement);
  choose.classList.toggle('chosen', terminal.chosen);
  choose.setAttribute('aria-pressed', String(terminal.chosen));
  const words = t(terminal.chosen ? 'terminals.is_chosen' : 'terminals.choose');
  choose.replaceChildren(...(terminal.chosen ? [icon('check')] : []), words);
  choose.setAttribute('aria-label', t('terminals.which', { what: words, name: terminalLabel(terminal) }));
}

customElements.define('kaunter-terminals', KaunterTerminals);
