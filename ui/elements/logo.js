//! A wallet's logo, or its first letters where there is none. The name stands beside it, so it is for the eye only.
// @ts-check
import { el } from '../lib/dom.js';
import { initials } from '../lib/labels.js';

/** @import { WalletView } from '../types/ipc.js' */

/** @param {Pick<WalletView, 'label' | 'logo'>} wallet */
export function walletLogo(wallet) {
  if (wallet.logo) return el('img', { class: 'wallet-logo', src: wallet.logo, alt: '', draggable: 'false' });
  // Drawn by the style sheet: as text it would be a part of the button's name.
  return el('span', { class: 'wallet-logo monogram', 'aria-hidden': 'true', 'data-initials': initials(wallet.label) });
}
