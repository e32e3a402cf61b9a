//! The live check of an account: what is tried, and what came of it, each step as it ends.
// @ts-check
import { tell } from '../lib/announce.js';
import { el } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { icon } from '../lib/icons.js';
import { sentences, t } from '../lib/text.js';
import { checks } from '../models/till.js';
import { Part } from './part.js';

/** @import { CheckStep } from '../types/ipc.js' */

/** @type {CheckStep['step'][]} */
const STEPS = ['sign_in', 'terminals', 'channels', 'signature'];

export class KaunterCheckList extends Part {
  #shown = false;

  start() {
    this.replaceChildren(el('ol', { class: 'steps', 'aria-label': t('check.label') }));
    this.hidden = !this.#shown;
    checks.watch(() => this.#draw(), this.life);
  }

  speak() {
    this.find('ol', HTMLElement).setAttribute('aria-label', t('check.label'));
    this.#draw();
  }

  /** A check begins. */
  begin() {
    this.#shown = true;
    checks.begin();
    tell(t('check.result.running'));
  }

  /** @param {CheckStep[]} steps of a check that has ended */
  end(steps) {
    for (const step of steps) checks.hear(step);
    tell(steps.map((step) => `${t(`check.${step.step}`)}: ${words(step)}`).join(' '));
  }

  clear() {
    this.#shown = false;
    checks.begin();
  }

  #draw() {
    this.hidden = !this.#shown;
    const rows = STEPS.map((name, index) => {
      const step = checks.ended.find((one) => one.step === name);
      const before = STEPS.slice(0, index).every((one) => checks.ended.some((ended) => ended.step === one));
      return row(name, step ?? null, before);
    });
    this.find('ol', HTMLElement).replaceChildren(...rows);
  }
}

/** @param {CheckStep['step']} name @param {CheckStep | null} step @param {boolean} running whether it is this step's turn */
function row(name, step, running) {
  const result = step?.result ?? (running ? 'running' : 'waiting');
  const mark = el('span', { class: 'step-mark' });
  if (result === 'ok') mark.append(icon('check'));
  if (result === 'failed') mark.append(icon('cross'));
  if (result === 'unknown') mark.append(icon('question'));
  const said = step ? words(step) : '';
  return el('li', { class: `step ${result}` }, mark,
    el('div', {}, el('b', {}, t(`check.${name}`)), el('span', { class: 'step-result' }, t(`check.result.${result}`)), said ? el('p', { class: 'small' }, said) : null));
}

/** What came of a step, in plain words. @param {CheckStep} step */
function words(step) {
  if (step.error) return explainShort(step.error);
  if (step.result === 'skipped') return '';
  if (step.result === 'unknown') return step.step === 'signature' ? sentences(t('check.unknown.signature'), step.detail) : step.detail;
  return t(`check.ok.${step.step}`, { count: step.detail });
}

customElements.define('kaunter-check-list', KaunterCheckList);
