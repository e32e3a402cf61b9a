//! The page's one copy of each model, and how events from the shell reach them.
// @ts-check
import { hear } from '../lib/ipc.js';
import { Checkout } from './checkout.js';
import { Checks } from './checks.js';
import { Lookout } from './lookout.js';
import { Notices } from './notices.js';
import { Options } from './options.js';
import { Payments } from './payments.js';
import { Sale } from './sale.js';
import { Session } from './session.js';
import { Terminals } from './terminals.js';
import { Unresolved } from './unresolved.js';
import { Wallets } from './wallets.js';

export const notices = new Notices();
export const session = new Session();
export const payments = new Payments();
export const sale = new Sale(notices);
export const options = new Options();
export const checkout = new Checkout(notices, payments, sale);
export const checks = new Checks();
export const terminals = new Terminals();
export const lookout = new Lookout(terminals, session);
export const wallets = new Wallets();
export const unresolved = new Unresolved(notices, payments, session);

/** Starts to follow the shell, then asks it how things stand. */
export async function startTill() {
  notices.onLocked = () => {
    session.refresh().catch((thrown) => notices.show(thrown));
  };
  await Promise.all([
    hear('payment', (view) => payments.hear(view)),
    hear('app', (view) => session.take(view)),
    hear('terminals', (view) => terminals.take(view)),
    hear('check', (step) => checks.hear(step)),
    hear('wallets', (view) => wallets.take(view)),
  ]);
  await session.refresh();
  let { mode } = session.view;
  session.watch(() => {
    if (session.view.mode === mode) return;
    ({ mode } = session.view);
    terminals.forget();
  }, new AbortController().signal);
  terminals.watch(() => terminals.loaded && session.terminalSeen(terminals.chosen), new AbortController().signal);
  lookout.start();
}
