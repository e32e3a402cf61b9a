//! The account in Settings: through which gateway, as whom, and the ways to change it and to test it. Secrets are not shown.
// @ts-check
import { tell } from '../lib/announce.js';
import { el } from '../lib/dom.js';
import { explainShort } from '../lib/errors.js';
import { asCommandError, call } from '../lib/ipc.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { notices, session } from '../models/till.js';
import { Part } from './part.js';

/** @import { AccountFacts, Gateway } from '../types/ipc.js' */

/** @type {Record<Exclude<Gateway, 'other'>, import('../lib/text.js').TextKey>} */
const NAMES = { production: 'setup.production', 'fiuu-sandbox': 'setup.sandbox' };

export class KaunterAccountPanel extends Part {
  /** @type {AccountFacts | null} */
  #facts = null;
  #outcome = el('p', { class: 'small', hidden: true });

  speak() {
    this.#outcome.hidden = true;
    if (this.#facts) this.#draw(this.#facts);
  }

  start() {
    notices.quietly(async () => {
      const { facts } = await call('account', {});
      this.#facts = facts;
      if (this.isConnected) this.#draw(facts);
    });
  }

  /** The way out after a lock-out, which the program does not try by itself. */
  #signIn = single(async () => {
    this.#say('soft', t('account.signing_in'));
    try {
      await call('sign_in_again', {});
      this.#say('good', t('account.signed_in'));
    } catch (thrown) {
      this.#say('bad', explainShort(asCommandError(thrown)));
    }
  });

  /** @param {string} manner @param {string} words */
  #say(manner, words) {
    this.#outcome.className = `small ${manner}`;
    this.#outcome.textContent = words;
    this.#outcome.hidden = false;
    tell(words);
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
      this.#outcome,
      training
        ? el('p', { class: 'soft' }, t('account.training'))
        : el('div', { class: 'actions end' },
            el('button', { type: 'button', onclick: () => this.#signIn() }, t('account.sign_in_again')),
            el('a', { class: 'button', href: '#/account' }, t('account.change')),
            el('a', { class: 'button', href: '#/first-sale' }, t('account.test'))),
    );
  }
}

customElements.define('kaunter-account-panel', KaunterAccountPanel);
