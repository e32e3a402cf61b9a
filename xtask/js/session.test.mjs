// Signing in: what the next screen shows is there before it stands, and a slow answer does not keep anybody out.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { page } from './page.mjs';

const { Session } = await page('models/session.js');

/** A session that a shell unlocks at once. */
function locked() {
  globalThis.window = { __TAURI__: { core: { invoke: async () => ({ mode: 'training', language: 'en', problem: null, session: { id: 1, role: 'cashier' } }) } } };
  return new Session();
}

test('whoever signs in sees a screen that has what it shows', async () => {
  const session = locked();
  const seen = [];
  let answer = () => {};
  session.gather = () => new Promise((done) => (answer = () => done(seen.push('gathered'))));
  session.watch(() => seen.push(session.view.session ? 'signed in' : 'locked'), new AbortController().signal);
  const unlocked = session.unlock(1, '1234');
  while (session.view.session === null && seen.length < 2) {
    await new Promise(setImmediate);
    answer();
  }
  await unlocked;
  assert.deepEqual(seen, ['locked', 'gathered', 'signed in']);
});

test('news of the till that come meanwhile stand', async () => {
  const session = locked();
  const signedIn = { mode: 'training', language: 'en', problem: null, session: { id: 1, role: 'cashier' } };
  session.gather = async () => session.take({ ...signedIn, unresolved: 2 });
  await session.unlock(1, '1234');
  assert.equal(session.view.unresolved, 2);
  session.gather = async () => session.take({ ...signedIn, session: null });
  await session.unlock(1, '1234');
  assert.equal(session.view.session.id, 1, 'what was said before the PIN locks nobody out');
});

test('what does not come in time is waited for on the screen itself', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const session = locked();
    let asked = () => {};
    const asking = new Promise((begun) => (asked = begun));
    session.gather = () => {
      asked();
      return new Promise(() => {});
    };
    const unlocked = session.unlock(1, '1234');
    await asking;
    assert.equal(session.view.session, null);
    mock.timers.tick(150);
    await unlocked;
    assert.equal(session.view.session.id, 1);
  } finally {
    mock.timers.reset();
  }
});
