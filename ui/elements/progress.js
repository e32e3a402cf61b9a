//! Where a set-up stands: its steps, those that are done, and the one that is being taken.
// @ts-check
import { el } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { t } from '../lib/text.js';
import { Part } from './part.js';

/** @typedef {'account' | 'terminal' | 'store' | 'manager' | 'test'} ProgressStep */

/** @type {ProgressStep[]} */
export const ALL_STEPS = ['account', 'terminal', 'store', 'manager', 'test'];

/** "Step 2 of 5" @param {ProgressStep} step */
export const stepText = (step) => t('setup.step', { number: ALL_STEPS.indexOf(step) + 1, count: ALL_STEPS.length });

export class KaunterProgress extends Part {
  /** @type {ProgressStep} */
  #now = 'account';

  speak() {
    this.show(this.#now);
  }

  /** @param {ProgressStep} now */
  show(now) {
    this.#now = now;
    const at = ALL_STEPS.indexOf(now);
    this.replaceChildren(
      el('ol', { class: 'progress', 'aria-label': t('setup.progress') },
        ...ALL_STEPS.map((step, index) =>
          el('li', { class: index < at ? 'done' : null, 'aria-current': index === at ? 'step' : null },
            el('span', { class: 'dot', 'aria-hidden': 'true' }, index < at ? icon('check') : String(index + 1)),
            el('span', { class: 'dot-name' }, t(`setup.step.${step}`)),
            index < at ? el('span', { class: 'for-readers' }, t('setup.step_done')) : null))),
    );
  }
}

customElements.define('kaunter-progress', KaunterProgress);
