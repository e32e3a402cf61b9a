// What a burst of keys does to the page: painted at once, held where it would do more, let through in its order when it was
// a person, and taken back as a whole when it was a scanner.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

/** As much of a page as keys need. */
class Element {
  matches = () => false;
  closest = () => null;
}
class KeyboardEvent {
  defaultPrevented = false;
  stopped = false;
  constructor(type, init) {
    Object.assign(this, { repeat: false, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, code: '', timeStamp: 0 }, init);
  }
  preventDefault() {
    this.defaultPrevented = true;
  }
  stopImmediatePropagation() {
    this.stopped = true;
  }
}
Object.assign(globalThis, { Element, KeyboardEvent, HTMLSelectElement: class extends Element {}, HTMLElement: Element });

const { startScanner } = await page('lib/scan-keys.js');
const { takeBack } = await page('lib/takeback.js');
const { Keymap } = await page('models/keymap.js');

/** A page with an amount on it, and a clock of its own. */
function counter({ dialog = false } = {}) {
  const did = [];
  const place = new Element();
  place.hasAttribute = () => false;
  place.dispatchEvent = (event) => {
    send(event);
    return !event.defaultPrevented;
  };
  let amount = '';
  const listeners = [];
  globalThis.window = { addEventListener: (_, take) => listeners.push(take) };
  globalThis.document = { activeElement: place, body: place, querySelectorAll: () => [], querySelector: (what) => (dialog && what === 'dialog[open]' ? {} : null), execCommand: () => {} };
  const timers = [];
  const scans = [];
  let deaf = 0;
  startScanner({ keymap: new Keymap('linux'), onScan: (text) => scans.push(text), onDeaf: () => (deaf += 1), later: (run, ms) => timers.push({ run, at: now + ms }), now: () => now });
  const life = new AbortController();
  takeBack(() => {
    const before = amount;
    return () => (amount = before);
  }, life.signal);
  // What the screen makes of a key that reaches it.
  listeners.push((event) => {
    if (/^\d$/.test(event.key)) amount += event.key;
    did.push(event.key);
    event.preventDefault();
  });
  let now = 1000;
  function send(event) {
    event.target = place;
    for (const take of listeners) if (!event.stopped) take(event);
  }
  /** Takes out the timer that is due first, if one is until then. */
  const soonest = (until) => {
    const [next] = timers.filter((timer) => timer.at <= until).sort((one, other) => one.at - other.at);
    if (next) timers.splice(timers.indexOf(next), 1);
    return next;
  };
  const pass = (ms) => {
    const until = now + ms;
    for (let timer = soonest(until); timer; timer = soonest(until)) {
      now = timer.at;
      timer.run();
    }
    now = until;
  };
  /** The page is busy: its timers are late, and run before the keys that came meanwhile. */
  const stall = (ms) => {
    now += ms;
    for (let timer = soonest(now); timer; timer = soonest(now)) timer.run();
  };
  const press = (key, after = 5, more = {}) => {
    pass(after);
    send(new KeyboardEvent('keydown', { key, timeStamp: now, ...more }));
  };
  /** A key that came in the past and is heard only now. */
  const hear = (key, ago) => send(new KeyboardEvent('keydown', { key, timeStamp: now - ago }));
  return { did, scans, press, pass, stall, hear, type: (text, gap) => [...text].forEach((key) => press(key, gap)), amount: () => amount, deaf: () => deaf, end: () => life.abort() };
}

test('a scan’s digits are painted and taken back, and its Enter reaches nobody', () => {
  const till = counter();
  till.type('12', 200);
  till.press('9', 300);
  till.type('555021509870', 5);
  assert.equal(till.amount(), '129555021509870', 'painted at once');
  till.press('Enter');
  assert.equal(till.amount(), '12');
  assert.deepEqual(till.scans, ['9555021509870']);
  assert.ok(!till.did.includes('Enter'));
  till.end();
});

test('a key of the till inside a scan does nothing', () => {
  const till = counter();
  till.type('A+/?4', 5);
  till.press('Enter');
  till.pass(500);
  assert.deepEqual(till.scans, ['A+/?4']);
  assert.deepEqual(till.did, ['A'], 'only what paints was let through');
  till.end();
});

test('a person’s plus adds after a moment, and the digits that followed it come after it', () => {
  const till = counter();
  till.type('12+34', 10);
  assert.deepEqual(till.did, ['1', '2'], 'held until it is clear');
  till.pass(66);
  assert.deepEqual(till.did, ['1', '2', '+', '3', '4']);
  till.end();
});

test('a key that ends a burst is handed on after those that were held', () => {
  const till = counter();
  till.press('+', 200);
  till.press('F9', 5);
  assert.deepEqual(till.did, ['+', 'F9']);
  till.press('Enter', 5);
  assert.deepEqual(till.did, ['+', 'F9', 'Enter']);
  till.end();
});

test('in a dialog a scan presses nothing, and a person’s choice comes a moment later', () => {
  const till = counter({ dialog: true });
  till.type('4123456789012', 5);
  till.press('Enter');
  till.pass(500);
  assert.deepEqual([till.did, till.scans, till.deaf()], [[], [], 1]);
  till.press('2', 400);
  assert.deepEqual(till.did, []);
  till.pass(66);
  assert.deepEqual(till.did, ['2']);
  till.end();
});

test('a page that was too busy to hear a scan’s keys in time does nothing with those it held', () => {
  const till = counter({ dialog: true });
  till.press('4', 200);
  till.stall(120);
  assert.deepEqual(till.did, [], 'the next key may be waiting to be heard');
  for (const ago of [115, 110, 105]) till.hear('1', ago);
  till.hear('Enter', 100);
  till.pass(500);
  assert.deepEqual([till.did, till.deaf()], [[], 1]);
  till.press('2', 400);
  till.stall(120);
  till.stall(120);
  assert.deepEqual(till.did, ['2'], 'a person is not kept waiting for good');
  till.end();
});

test('whatever is typed, at whatever pace, no key is lost, doubled or out of turn but those of a scan', () => {
  let state = 99;
  const roll = (most) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % most;
  };
  const keys = ['1', '2', '+', '/', 'a', 'F9', 'Backspace', 'Enter'];
  for (let round = 0; round < 500; round += 1) {
    const till = counter();
    const pressed = [];
    const paces = Array.from({ length: 30 }, () => (roll(3) === 0 ? 60 + roll(200) : roll(45)));
    for (const pace of paces) {
      const key = keys[roll(keys.length)];
      till.press(key, pace);
      pressed.push(key);
    }
    till.pass(200);
    const scanned = till.scans.join('').length;
    if (till.scans.length === 0) assert.deepEqual(till.did, pressed);
    // Of a scan at most its painted keys arrive.
    else assert.ok(till.did.length >= pressed.length - scanned - 2 * till.scans.length && till.did.length <= pressed.length);
    till.end();
  }
});
