//! The page's start: markup and models first, then the frame that shows them.
// @ts-check
import { loadFragments } from './lib/dom.js';
import { startKeys } from './lib/keys.js';
import { notices, session, startTill } from './models/till.js';
import './elements/app.js';

const FRAGMENTS = ['bar', 'lock', 'sell', 'pay', 'history', 'unresolved', 'approval', 'terminals', 'bind', 'prebind', 'items', 'staff', 'settings', 'payment-options', 'callback', 'log', 'log-viewer', 'setup', 'setup-account', 'setup-terminal', 'setup-store', 'setup-manager', 'account-form', 'account', 'first-sale', 'keys'];

startKeys();
for (const kind of ['pointerdown', 'pointermove', 'keydown']) {
  window.addEventListener(kind, () => session.active(), { passive: true });
}

await loadFragments(FRAGMENTS);
try {
  await startTill();
} catch (thrown) {
  notices.show(thrown);
}
document.querySelector('kaunter-app')?.dispatchEvent(new Event('ready'));
