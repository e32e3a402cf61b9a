//! The page's one copy of each model, and how events from the shell reach them.
// @ts-check
import { tell } from '../lib/announce.js';
import { hear } from '../lib/ipc.js';
import { Checkout } from './checkout.js';
import { Sounds } from '../lib/sounds.js';
import { takeBack } from '../lib/takeback.js';
import { t } from '../lib/text.js';
import { Checks } from './checks.js';
import { CustomerDisplay } from './display.js';
import { CounterSettings } from './counter.js';
import { keymap } from './keymap.js';
import { Lookout } from './lookout.js';
import { Notices } from './notices.js';
import { Options } from './options.js';
import { Payments } from './payments.js';
import { Prints } from './prints.js';
import { Sale } from './sale.js';
import { Scans } from './scans.js';
import { Session } from './session.js';
import { Shelf } from './shelf.js';
import { Tenders } from './tenders.js';
import { Terminals } from './terminals.js';
import { Unresolved } from './unresolved.js';
import { VerdictNews } from './verdict-news.js';
import { Verdicts } from './verdicts.js';
import { Wallets } from './wallets.js';

export const notices = new Notices();
export { keymap };
export const session = new Session();
export const payments = new Payments();
export const sale = new Sale(notices);
export const shelf = new Shelf(notices);
export const options = new Options();
export const tenders = new Tenders(notices, payments, sale);
export const checkout = new Checkout(notices, payments, sale, tenders);
export const prints = new Prints(notices, payments);
export const checks = new Checks();
export const customerDisplay = new CustomerDisplay();
export const terminals = new Terminals();
export const lookout = new Lookout(terminals, session);
export const wallets = new Wallets();
export const unresolved = new Unresolved(notices, payments, session);
export const sounds = new Sounds();
export const counter = new CounterSettings(keymap, sounds);
export const scans = new Scans({ sale, checkout, session, notices, play: (name) => sounds.play(name), added: (name) => tell(t('shelf.added', { name })) });
export const verdictNews = new VerdictNews(checkout);
const verdicts = new Verdicts((name, reference) => {
  sounds.play(name);
  verdictNews.hear(reference);
});

/** Starts to follow the shell, then asks it how things stand. */
export async function startTill() {
  notices.onLocked = () => {
    session.refresh().catch((thrown) => notices.show(thrown));
  };
  // What fails here is asked for once more by the screen that shows it, and said there.
  session.gather = () => Promise.allSettled([shelf.load(), sale.load()]);
  await Promise.all([
    hear('payment', (view) => {
      payments.hear(view);
      verdicts.hear(view);
    }),
    hear('app', (view) => session.take(view)),
    hear('terminals', (view) => terminals.take(view)),
    hear('check', (step) => checks.hear(step)),
    hear('wallets', (view) => wallets.take(view)),
    hear('print', (news) => prints.hear(news, checkout.current?.reference ?? checkout.taken?.tender.reference ?? null)),
    hear('display', (view) => customerDisplay.take(view)),
  ]);
  await session.refresh();
  let { mode } = session.view;
  session.watch(() => {
    if (session.view.mode === mode) return;
    ({ mode } = session.view);
    terminals.forget();
  }, new AbortController().signal);
  counter.follow(session, (thrown) => notices.show(thrown));
  hearBeginnings();
  hearSettled();
  // Digits are an amount on other screens as well, as after an approval.
  takeBack(() => sale.remember(), new AbortController().signal);
  terminals.watch(() => terminals.loaded && session.terminalSeen(terminals.chosen), new AbortController().signal);
  lookout.start();
}

/** A ticket that was set aside with a payment may wait to be paid again from now on. */
function hearSettled() {
  let told = '';
  unresolved.watch(() => {
    const [newest] = unresolved.settled;
    const now = newest ? `${newest.reference} ${newest.state}` : '';
    if (now === told) return;
    told = now;
    if (session.view.session) sale.countParked();
  }, new AbortController().signal);
}

/** A payment that is begun here and over before its first event still has its sound, and so has cash, once. */
function hearBeginnings() {
  let opening = false;
  /** @type {typeof checkout.taken} */
  let taken = null;
  checkout.watch(() => {
    if (checkout.taken && checkout.taken !== taken) sounds.play(checkout.taken.tender.kind === 'manual_card' ? 'attention' : 'approved');
    taken = checkout.taken;
    if (checkout.current && opening) verdicts.hear(checkout.current, true);
    opening = checkout.opening !== null;
  }, new AbortController().signal);
}
