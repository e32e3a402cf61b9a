//! The wallets of this store as the gateway has them: which can be used, and why one cannot.
// @ts-check
import { el, keyed } from '../lib/dom.js';
import { t } from '../lib/text.js';
import { whenShort } from '../lib/time.js';
import { wallets } from '../models/till.js';
import { walletLogo } from './logo.js';
import { Part } from './part.js';
import { reason } from './wallets.js';

/** @import { WalletView } from '../types/ipc.js' */

export class KaunterWalletList extends Part {
  start() {
    this.replaceChildren(
      el('section', { class: 'wallet-list', 'aria-labelledby': 'wallet-list-title' }, el('div', { class: 'wallet-list-head' }, el('h2', { id: 'wallet-list-title' }, t('wallets.list')), el('p', { class: 'soft small', 'data-listed': true })), el('ul', { 'data-wallets': true })),
    );
    wallets.watch(() => this.#draw(), this.life);
    // What is known stands at once; a list that cannot be had anew leaves it as it is, with its age.
    wallets.load().then(() => wallets.refresh()).catch(() => {});
  }

  #draw() {
    const { wallets: all, listedAt } = wallets.view;
    this.hidden = all.length === 0;
    this.find('[data-listed]', HTMLElement).textContent = listedAt ? t('wallets.listed', { time: whenShort(listedAt) }) : '';
    keyed(this.find('[data-wallets]', HTMLElement), all, ({ name, logo, notOffered }) => `${name} ${logo === null} ${notOffered}`, makeTile);
  }
}

/** @param {WalletView} wallet */
function makeTile(wallet) {
  const off = wallet.notOffered !== null;
  return el('li', { class: off ? 'wallet off' : 'wallet' }, walletLogo(wallet), el('span', { class: 'wallet-name' }, el('b', {}, wallet.label), off ? el('small', { class: 'soft' }, reason(wallet)) : null));
}

customElements.define('kaunter-wallet-list', KaunterWalletList);
