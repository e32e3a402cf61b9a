//! The page's start: the models and the frame that shows who may sign in, then what sells, what is looked up, and
//! what only a manager needs.
// @ts-check
import { loadFragments, loadSheets } from './lib/dom.js';
import { startKeys } from './lib/keys.js';
import { startScanner } from './lib/scan-keys.js';
import { keymap, notices, scans, session, sounds, startTill } from './models/till.js';
import './elements/app.js';

/** The markup of the first picture. */
const FIRST = ['bar', 'lock'];
/** The markup of what sells. */
const COUNTER = ['sell', 'pay', 'approval', 'item-editor', 'keys'];
/** The markup of what everybody may look up. */
const RECORDS = ['history', 'unresolved', 'terminals', 'bind', 'prebind'];
/** The markup of what only a manager opens, or who sets a till up. */
const BACK_OFFICE = ['items', 'import', 'staff', 'settings', 'payment-options', 'tax-settings', 'printing', 'callback', 'counter-settings', 'key-choice', 'log', 'log-viewer', 'display', 'setup', 'setup-account', 'setup-terminal', 'setup-store', 'setup-manager', 'account-form', 'account', 'first-sale'];

startScanner({ keymap, onScan: (text) => scans.hear(text), onDeaf: () => sounds.play('notScanned') });
startKeys(keymap);
for (const kind of ['pointerdown', 'pointermove', 'keydown']) {
  window.addEventListener(kind, () => session.active(), { passive: true });
}

await Promise.all([loadFragments(FIRST), startTill().catch((thrown) => notices.show(thrown))]);
document.querySelector('kaunter-app')?.dispatchEvent(new Event('ready'));

/** An element starts as soon as it is known, so its looks and its markup come before it. */
async function loadScreens() {
  const sheets = loadSheets();
  if (session.view.mode === 'setup') {
    // Whoever sets a till up waits for nothing else.
    await sheets;
    await loadBackOffice();
  }
  await Promise.all([sheets, loadFragments(COUNTER)]);
  await import('./counter.js');
  await loadFragments(RECORDS);
  await import('./records.js');
  session.watch(wantBackOffice, new AbortController().signal);
  wantBackOffice();
}

/** A cashier's till never loads it. */
function wantBackOffice() {
  const { mode, session: who } = session.view;
  if (mode === 'setup' || who?.role === 'manager') loadBackOffice().catch((thrown) => notices.show(thrown));
}

/** @type {Promise<unknown> | null} */
let backOffice = null;

function loadBackOffice() {
  backOffice ??= loadFragments(BACK_OFFICE).then(() => import('./back-office.js'));
  return backOffice;
}

// A picture first. A window that is not seen draws none, and needs no screens either.
requestAnimationFrame(() => setTimeout(() => loadScreens().catch((thrown) => notices.show(thrown))));
