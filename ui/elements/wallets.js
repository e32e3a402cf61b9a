//! Which wallet's QR the terminal shows: by touch, arrows, first letter or number. A single one is taken without asking.
// @ts-check
import { el, find } from '../lib/dom.js';
import { openDialog } from '../lib/dialog.js';
import { call, Refusal } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { session } from '../models/till.js';

/** @import { AppView, ChannelView } from '../types/ipc.js' */

/** The list as last heard, so that a second customer's F10 waits for no network. @type {{ mode: AppView['mode'], channels: ChannelView[] } | null} */
let lastHeard = null;

async function channelsNow() {
  const { mode } = session.view;
  const channels = await call('channels', {});
  lastHeard = { mode, channels };
  return channels;
}

/**
 * The chosen wallet's channel, or null if the cashier went back.
 * @returns {Promise<string | null>}
 * @throws {Refusal} `channel_needed` if no wallet is switched on
 */
export async function chooseWallet() {
  if (lastHeard?.mode === session.view.mode && lastHeard.channels.length > 0) {
    const { channels } = lastHeard;
    // Heard anew for the next time; if that fails, the list in hand still serves.
    channelsNow().catch(() => {});
    const taken = onlyOne(channels);
    if (taken !== null) return taken;
    const dialog = emptyDialog();
    fill(dialog, channels);
    return (await openDialog(dialog)) || null;
  }
  // Open while the list is on its way, so that no key that is meant for the list reaches the amount.
  const dialog = emptyDialog();
  const closed = openDialog(dialog);
  try {
    const channels = await channelsNow();
    if (!dialog.open) return null;
    const taken = onlyOne(channels);
    if (taken !== null) {
      dialog.close();
      return taken;
    }
    fill(dialog, channels);
    dialog.querySelector('button')?.focus();
  } catch (thrown) {
    if (!dialog.open) return null;
    dialog.close();
    throw thrown;
  }
  return (await closed) || null;
}

/**
 * The channel, if there is only one that is switched on.
 * @param {ChannelView[]} channels
 */
function onlyOne(channels) {
  const [first, second] = channels.filter((channel) => channel.active);
  if (!first) throw new Refusal({ code: 'channel_needed', message: '', retryable: false, waitSeconds: null });
  return second ? null : first.name;
}

function emptyDialog() {
  const dialog = el('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'wallets-title' });
  dialog.append(
    el('h2', { id: 'wallets-title' }, t('wallets.title')),
    el('div', { class: 'wallets' }, el('p', { class: 'soft' }, t('loading'))),
    el('div', { class: 'actions end' }, el('button', { type: 'button', onclick: () => dialog.close('') }, t('cancel'))),
  );
  return dialog;
}

/** @param {HTMLDialogElement} dialog @param {ChannelView[]} all */
function fill(dialog, all) {
  const channels = all.filter((channel) => channel.active);
  const buttons = channels.map((channel, index) =>
    el(
      'button',
      { type: 'button', class: 'wallet', onclick: () => dialog.close(channel.name) },
      el('span', {}, channel.label),
      index < 9 ? el('kbd', { 'aria-hidden': 'true' }, String(index + 1)) : null,
    ),
  );
  find(dialog, '.wallets', HTMLElement).replaceChildren(...buttons);
  dialog.addEventListener('keydown', (event) => {
    const next = pick(event.key, buttons, channels);
    if (next === null) return;
    event.preventDefault();
    if (/^[1-9]$/.test(event.key)) buttons[next]?.click();
    else buttons[next]?.focus();
  });
}

/**
 * The index that a key leads to, or null if the key is not for the list.
 * @param {string} key
 * @param {HTMLButtonElement[]} buttons
 * @param {ChannelView[]} channels
 */
function pick(key, buttons, channels) {
  const here = buttons.findIndex((button) => button === document.activeElement);
  const count = buttons.length;
  if (key === 'ArrowDown' || key === 'ArrowRight') return (here + 1) % count;
  if (key === 'ArrowUp' || key === 'ArrowLeft') return (here - 1 + count) % count;
  if (/^[1-9]$/.test(key)) return Number(key) <= count ? Number(key) - 1 : null;
  if (!/^\p{L}$/u.test(key)) return null;
  const after = [...channels.keys()].map((step) => (here + 1 + step) % count);
  return after.find((index) => channels[index]?.label.toLowerCase().startsWith(key.toLowerCase())) ?? null;
}
