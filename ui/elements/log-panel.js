//! Settings' panel on the log: how much it says, a look at it, and the file for support.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, fragment } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { dateAndTime } from '../lib/time.js';
import { notices } from '../models/till.js';
import { openLog } from './log-viewer.js';
import { Part } from './part.js';

/** @import { LogDetail } from '../types/ipc.js' */

export class KaunterLogPanel extends Part {
  /** @type {LogDetail | null} */
  #detail = null;

  start() {
    this.#detail = null;
    this.replaceChildren(fragment('log'));
    this.on('[data-show]', 'click', () => openLog());
    this.on('[data-save]', 'click', () => this.#save());
    this.on('[data-detailed]', 'change', () => this.#set());
    notices.quietly(async () => {
      const detail = await call('log_detail', {});
      if (this.isConnected) this.#draw(detail);
    });
  }

  get #box() {
    return this.find('[data-detailed]', HTMLInputElement);
  }

  speak() {
    super.speak();
    if (this.#detail) this.#draw(this.#detail);
  }

  /** @param {LogDetail} detail */
  #draw(detail) {
    this.#detail = detail;
    const { until } = detail;
    this.#box.checked = until !== null;
    this.find('[data-until]', HTMLElement).textContent = until ? t('log.detailed_until', { time: dateAndTime(until) }) : t('log.detailed_hint');
  }

  #set = single(async () => {
    const box = this.#box;
    box.disabled = true;
    const went = await notices.attempt(async () => this.#draw(await call('set_log_detail', { detailed: box.checked })));
    if (!went) box.checked = !box.checked;
    box.disabled = false;
  });

  #save = single(async () => {
    const line = this.find('[data-file]', HTMLElement);
    const button = this.find('[data-save]', HTMLButtonElement);
    button.setAttribute('aria-busy', 'true');
    await notices.attempt(async () => {
      const { path } = await call('save_for_support', {});
      const words = t('log.file', { path });
      line.hidden = false;
      line.replaceChildren(icon('check'), el('span', {}, words));
      tell(words);
    });
    button.removeAttribute('aria-busy');
  });
}

customElements.define('kaunter-log-panel', KaunterLogPanel);
