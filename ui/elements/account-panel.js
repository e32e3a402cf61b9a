//! The account in Settings: through which gateway, as whom, and the ways to change it and to test it. Secrets are not shown.
// @ts-check
import { el } from '../lib/dom.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import { Part } from './part.js';

/** @import { AccountFacts, Gateway } from '../types/ipc.js' */

/** @type {Record<Exclude<Gateway, 'other'>, import('../lib/text.js').TextKey>} */
const NAMES = { production: 'setup.production', 'fiuu-sandbox': 'setup.sandbox' };

export class KaunterAccountPanel extends Part {
  /** @type {AccountFacts | null} */
  #facts = null;

  speak() {
    if (this.#facts) this.#draw(this.#facts);
  }

  start() {
    notices.quietly(async () => {
      const { facts } = await call('account', {});
      this.#facts = facts;
      if (this.isConnected) this.#draw(facts);
    });
  }

  /** @param {AccountFacts} facts */
  #draw(facts) {
    const rows = [
      [t('setup.gateway'), facts.gateway === 'other' ? facts.address : t(NAMES[facts.gateway])],
      [t('setup.pos_id'), facts.posId],
      [t('setup.merchant_id'), facts.merchantId],
      [t('settings.secrets'), t('settings.secrets_where')],
    ];
    const training = session.view.mode === 'training';
    this.replaceChildren(
      el('h2', {}, t('account.title')),
      el('dl', { class: 'facts' }, ...rows.map(([name, fact]) => el('div', {}, el('dt', {}, name ?? ''), el('dd', {}, fact ?? '')))),
      training
        ? el('p', { class: 'soft' }, t('account.training'))
        : el('div', { class: 'actions end' },
            el('a', { class: 'button', href: '#/account' }, t('account.change')),
            el('a', { class: 'button', href: '#/first-sale' }, t('account.test'))),
    );
  }
}

customElements.define('kaunter-account-panel', KaunterAccountPanel);
