//! Set-up: training at once, or a live till whose account is checked before anything is kept.
// @ts-check
import { el, find, focusOn, fragment } from '../lib/dom.js';
import { explain, explainShort, placeOf } from '../lib/errors.js';
import { clearErrors, setBusy, showError, showRefusal, value } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import { Part } from '../elements/part.js';

/** @import { CheckReport, CheckStep, Gateway, LiveForm, TerminalView } from '../types/ipc.js' */

/** @type {CheckStep['step'][]} */
const STEPS = ['sign_in', 'terminals', 'channels', 'signature'];
/** Where this form has what the errors call by a general name. */
const PLACES = { name: 'managerName', pin: 'managerPin' };

export class KaunterSetup extends Part {
  #checks = 0;
  /** As the list of steps shows it now: null while a check runs, undefined before the first. @type {CheckReport | null | undefined} */
  #steps;
  #listed = '';

  start() {
    this.replaceChildren(fragment('setup'));
    this.on('[data-training]', 'click', () => this.#train());
    this.on('[data-live]', 'click', () => this.#open(true));
    this.on('[data-back]', 'click', () => this.#open(false));
    this.on('[data-check]', 'click', () => this.#check());
    this.on('select[name=gateway]', 'change', () => this.#gatewayChosen());
    this.on('[data-form]', 'submit', (event) => {
      event.preventDefault();
      this.#goLive();
    });
  }

  speak() {
    super.speak();
    clearErrors(this.#form);
    if (this.#steps !== undefined) this.#drawSteps(this.#steps);
    if (this.#listed !== '') {
      const [terminals, chosen] = JSON.parse(this.#listed);
      this.#listed = '';
      this.#drawTerminals(terminals, chosen);
    }
  }

  get #form() {
    return this.find('[data-form]', HTMLFormElement);
  }

  #train = single(async () => {
    await notices.attempt(async () => session.take(await call('choose_training', {})));
  });

  /** @param {boolean} live */
  #open(live) {
    this.find('[data-choice]', HTMLElement).hidden = live;
    this.#form.hidden = !live;
    if (live) focusOn(this.find('[data-live-title]', HTMLElement));
    else this.land();
  }

  #gatewayChosen() {
    this.find('[data-address]', HTMLElement).hidden = value(this.#form, 'gateway') !== 'other';
  }

  /** @returns {LiveForm} */
  #live() {
    const form = this.#form;
    const typed = (/** @type {string} */ name) => value(form, name).trim();
    return {
      gateway: /** @type {Gateway} */ (value(form, 'gateway')),
      address: typed('address'),
      posId: typed('posId'),
      password: value(form, 'password'),
      merchantId: typed('merchantId'),
      secretKey: value(form, 'secretKey'),
      currency: typed('currency').toUpperCase(),
      terminalId: value(form, 'terminalId'),
    };
  }

  /** A newer check makes an older one's answer stale, so only the newest is shown. */
  async #check() {
    const turn = (this.#checks += 1);
    const button = this.find('[data-check]', HTMLButtonElement);
    clearErrors(this.#form);
    this.#drawSteps(null);
    button.setAttribute('aria-busy', 'true');
    try {
      const report = await call('check_live', { form: this.#live() });
      if (turn === this.#checks && this.isConnected) this.#take(report);
    } catch (thrown) {
      if (turn !== this.#checks || !this.isConnected) return;
      this.find('[data-steps]', HTMLElement).replaceChildren();
      this.#steps = undefined;
      showRefusal(this.#form, thrown, PLACES);
    } finally {
      if (turn === this.#checks) button.removeAttribute('aria-busy');
    }
  }

  /** @param {CheckReport} report */
  #take(report) {
    this.#drawSteps(report);
    for (const { error } of report.steps) {
      const place = error && placeOf(error);
      if (error && place) showError(this.#form, place, explain(error).title);
    }
    if (report.terminals.length === 0) return;
    const before = value(this.#form, 'terminalId');
    this.#drawTerminals(report.terminals, before);
    const [only] = report.terminals;
    // The signature can only be tried on a terminal; with a single one there is nothing to choose.
    if (before === '' && report.terminals.length === 1 && only) {
      this.#drawTerminals(report.terminals, only.id);
      this.#check();
    }
  }

  /** @param {CheckReport | null} report null while the check runs */
  #drawSteps(report) {
    const list = this.find('[data-steps]', HTMLElement);
    this.#steps = report;
    list.replaceChildren(
      ...STEPS.map((name) => {
        const step = report?.steps.find((one) => one.step === name) ?? null;
        const result = report ? (step?.result ?? 'skipped') : 'running';
        const words = step?.error ? explainShort(step.error) : (step?.detail ?? '');
        const mark = el('span', { class: 'step-mark' });
        if (result === 'ok') mark.append(icon('check'));
        if (result === 'failed') mark.append(icon('cross'));
        if (result === 'unknown') mark.append(icon('question'));
        return el('li', { class: `step ${result}` }, mark,
          el('div', {}, el('b', {}, t(`check.${name}`)), el('span', { class: 'step-result' }, t(`check.result.${result}`)), words ? el('p', { class: 'small' }, words) : null));
      }),
    );
  }

  /** @param {TerminalView[]} terminals @param {string} chosen */
  #drawTerminals(terminals, chosen) {
    const listed = JSON.stringify([terminals, chosen]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    this.find('[data-no-terminals]', HTMLElement).hidden = true;
    this.find('[data-terminals]', HTMLElement).hidden = false;
    this.find('[data-terminal-name]', HTMLElement).hidden = chosen === '';
    const choose = () => {
      this.#listed = JSON.stringify([terminals, value(this.#form, 'terminalId')]);
      this.find('[data-terminal-name]', HTMLElement).hidden = false;
      this.#check();
    };
    this.find('[data-terminal-list]', HTMLElement).replaceChildren(
      ...terminals.map((terminal) =>
        el('label', { class: 'choice' },
          el('input', { type: 'radio', name: 'terminalId', value: terminal.id, checked: terminal.id === chosen, onchange: choose }),
          el('span', {}, el('b', {}, terminal.id), el('small', { class: 'soft' }, t(`terminals.kind.${terminal.kind}`))),
          el('span', { class: `pill ${terminal.light}` }, t(`light.${terminal.light}`)))),
    );
  }

  #goLive = single(async () => {
    const form = this.#form;
    clearErrors(form);
    const live = this.#live();
    if (live.terminalId === '') {
      showError(form, 'terminalId', t('setup.terminal_needed'));
      find(this, '[data-check]', HTMLElement).focus();
      return;
    }
    if (value(form, 'managerPin') !== value(form, 'pinAgain')) {
      showError(form, 'pinAgain', t('reset.differ'));
      return;
    }
    setBusy(form, true);
    try {
      const header = value(form, 'header').split('\n').map((line) => line.trimEnd()).filter((line) => line !== '');
      session.take(await call('go_live', {
        form: { live, terminalName: value(form, 'terminalName').trim(), storeName: value(form, 'storeName').trim(), header, managerName: value(form, 'managerName').trim(), managerPin: value(form, 'managerPin') },
      }));
    } catch (thrown) {
      showRefusal(form, thrown, PLACES);
    } finally {
      if (this.isConnected) setBusy(form, false);
    }
  });
}

customElements.define('kaunter-setup', KaunterSetup);
