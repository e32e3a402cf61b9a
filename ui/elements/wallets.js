//! Which wallet's QR the terminal shows: by touch, arrows, first letter or number. A single one is taken without asking.
//! Those that cannot be used now stand there too, with the reason, so that nobody looks for them.
// @ts-check
import { el, find, keyed } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { Refusal } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { session, wallets } from '../models/till.js';
import { walletLogo } from './logo.js';

/** @import { AppView, WalletView } from '../types/ipc.js' */

/** Of which mode the list in hand is. @type {AppView['mode'] | null} */
let heardIn = null;

/**
 * The chosen wallet's channel, or null if the cashier went back.
 * @returns {Promise<string | null>}
 * @throws {Refusal} `channel_needed` if no wallet is switched on
 */
export async function chooseWallet() {
  const { mode } = session.view;
  if (heardIn === mode && wallets.view.wallets.length > 0) {
    // Asked anew for the next time; if that fails, the list in hand still serves.
    wallets.refresh().catch(() => {});
    const taken = onlyOne();
    return taken ?? (await choice());
  }
  // Open while the list is on its way, so that no key that is meant for the list reaches the amount.
  const dialog = makeDialog();
  const closed = openDialog(dialog);
  try {
    await wallets.load();
    if (wallets.view.listedAt === null) await wallets.refresh();
    else wallets.refresh().catch(() => {});
    heardIn = mode;
    if (!dialog.open) return null;
    const taken = onlyOne();
    if (taken !== null) {
      dialog.close();
      return taken;
    }
    follow(dialog);
    dialog.querySelector('button')?.focus();
  } catch (thrown) {
    if (!dialog.open) return null;
    dialog.close();
    throw thrown;
  }
  return (await closed) || null;
}

/** @returns {Promise<string | null>} */
async function choice() {
  const dialog = makeDialog();
  follow(dialog);
  return (await openDialog(dialog)) || null;
}

const offered = () => wallets.view.wallets.filter((wallet) => wallet.notOffered === null);

/** The channel, if there is only one that can be used. */
function onlyOne() {
  const [first, second] = offered();
  if (!first) throw new Refusal({ code: 'channel_needed', message: '', retryable: false, waitSeconds: null });
  return second ? null : first.name;
}

function makeDialog() {
  const dialog = el('dialog', { class: 'sheet-dialog wallet-dialog', 'aria-labelledby': 'wallets-title' });
  dialog.append(
    el('h2', { id: 'wallets-title' }, t('wallets.title')),
    el('div', { class: 'wallets', 'data-offered': true }, el('p', { class: 'soft' }, t('loading'))),
    el('section', { class: 'wallets-off', 'aria-labelledby': 'wallets-off-title', 'data-off': true, hidden: true }, el('h3', { id: 'wallets-off-title' }, t('wallets.not_now')), el('ul', { 'data-off-list': true })),
    el('div', { class: 'actions end' }, el('button', { type: 'button', onclick: () => dialog.close('') }, t('cancel'))),
  );
  return dialog;
}

/**
 * Shows the list, and its logos as they come. Which wallets stand where does not change under a finger: a list that comes
 * while the dialog is open is for the next time.
 * @param {HTMLDialogElement} dialog
 */
function follow(dialog) {
  const ends = new AbortController();
  dialog.addEventListener('close', () => ends.abort());
  const shown = wallets.view.wallets.map(({ name }) => name);
  const usable = offered().map(({ name }) => name);
  const list = find(dialog, '[data-offered]', HTMLElement);
  list.replaceChildren();
  wallets.watch(() => {
    const newest = new Map(wallets.view.wallets.map((wallet) => [wallet.name, wallet]));
    const known = shown.flatMap((name) => newest.get(name) ?? []);
    keyed(list, known.filter(({ name }) => usable.includes(name)), keyOf, (wallet) => makeButton(dialog, wallet, usable.indexOf(wallet.name)));
    const off = known.filter(({ name }) => !usable.includes(name));
    find(dialog, '[data-off]', HTMLElement).hidden = off.length === 0;
    keyed(find(dialog, '[data-off-list]', HTMLElement), off, keyOf, makeReason);
  }, ends.signal);
  dialog.addEventListener('keydown', (event) => {
    const buttons = [...list.querySelectorAll('button')];
    const next = pick(event.key, buttons);
    if (next === null) return;
    event.preventDefault();
    if (/^[1-9]$/.test(event.key)) buttons[next]?.click();
    else buttons[next]?.focus();
  });
}

/** @param {WalletView} wallet */
const keyOf = (wallet) => `${wallet.name} ${wallet.logo === null}`;

/** @param {HTMLDialogElement} dialog @param {WalletView} wallet @param {number} place */
function makeButton(dialog, wallet, place) {
  return el(
    'button',
    { type: 'button', class: 'wallet', onclick: () => dialog.close(wallet.name) },
    walletLogo(wallet),
    el('span', { class: 'wallet-name' }, wallet.label),
    place < 9 ? el('kbd', { 'aria-hidden': 'true' }, String(place + 1)) : null,
  );
}

/** @param {WalletView} wallet */
function makeReason(wallet) {
  return el(
    'li',
    { class: 'wallet off' },
    walletLogo(wallet),
    el('span', { class: 'wallet-name' }, el('b', {}, wallet.label), el('small', { class: 'soft' }, reason(wallet))),
  );
}

/** Why a wallet cannot be chosen, and what to do about it. @param {WalletView} wallet */
export function reason(wallet) {
  return t(`wallets.${wallet.notOffered ?? 'switched_off'}`, { currency: session.view.currency });
}

/**
 * The index that a key leads to, or null if the key is not for the list.
 * @param {string} key
 * @param {HTMLButtonElement[]} buttons
 */
function pick(key, buttons) {
  const here = buttons.findIndex((button) => button === document.activeElement);
  const count = buttons.length;
  if (key === 'ArrowDown' || key === 'ArrowRight') return (here + 1) % count;
  if (key === 'ArrowUp' || key === 'ArrowLeft') return (here - 1 + count) % count;
  if (/^[1-9]$/.test(key)) return Number(key) <= count ? Number(key) - 1 : null;
  if (!/^\p{L}$/u.test(key)) return null;
  const after = [...buttons.keys()].map((step) => (here + 1 + step) % count);
  return after.find((index) => nameOf(buttons[index]).startsWith(key.toLowerCase())) ?? null;
}

/** @param {HTMLButtonElement | undefined} button */
const nameOf = (button) => button?.querySelector('.wallet-name')?.textContent?.toLowerCase() ?? '';
