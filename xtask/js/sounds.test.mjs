// Each event has its own sound and has it once; a till without a sound device is silent and otherwise the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { SOUNDS, Sounds } = await page('lib/sounds.js');
const { Verdicts, verdictOf } = await page('models/verdicts.js');

/** A sound device that writes down what it is to play. */
class Device {
  played = [];
  currentTime = 10;
  state = 'suspended';
  destination = 'out';
  resume = async () => {
    this.state = 'running';
  };
  suspend = async () => {
    this.state = 'suspended';
  };
  createOscillator() {
    const tone = { type: '', frequency: { setValueAtTime: (hertz, at) => (tone.from = [hertz, at]), linearRampToValueAtTime: (hertz, at) => (tone.to = [hertz, at]) } };
    tone.connect = (next) => ((tone.into = next), next);
    tone.start = (at) => (tone.begins = at);
    tone.stop = (at) => (tone.ends = at);
    this.played.push(tone);
    return tone;
  }
  createGain() {
    const gain = { steps: [], connect: (next) => next };
    const note = (value, at) => gain.steps.push([value, at]);
    gain.gain = { setValueAtTime: note, linearRampToValueAtTime: note };
    return gain;
  }
}

const view = (state, more = {}) => ({ reference: 'A', state, saved: true, conflict: false, ...more });

test('no two sounds are alike, and none is long enough to be in the way of the next', () => {
  const shapes = Object.values(SOUNDS).map((tones) => JSON.stringify(tones.map(({ at, from, shape }) => [at, from, shape])));
  assert.equal(new Set(shapes).size, shapes.length);
  for (const [name, tones] of Object.entries(SOUNDS)) {
    assert.ok(tones.length > 0, name);
    for (const { at, lasts } of tones) assert.ok(lasts > 0.02 && at + lasts < 1.1, name);
  }
});

test('each tone swells and fades, at the loudness that was set', () => {
  const device = new Device();
  const sounds = new Sounds(() => device, () => {});
  sounds.volume = 50;
  sounds.play('approved');
  assert.equal(device.state, 'running');
  assert.equal(device.played.length, SOUNDS.approved.length);
  for (const tone of device.played) {
    const values = tone.into.steps.map(([value]) => value);
    assert.deepEqual([values[0], values.at(-1)], [0, 0]);
    assert.ok(Math.max(...values) > 0 && Math.max(...values) <= 0.5 * 0.25);
    assert.ok(tone.begins >= device.currentTime && tone.ends > tone.begins);
  }
});

test('a while after the last sound the device rests, and the next one wakes it', () => {
  const device = new Device();
  const rests = [];
  const sounds = new Sounds(() => device, (run) => rests.push(run));
  sounds.play('scanned');
  sounds.play('scanned');
  rests[0]();
  assert.equal(device.state, 'running');
  rests[1]();
  assert.equal(device.state, 'suspended');
  sounds.play('scanned');
  assert.equal(device.state, 'running');
});

test('muted or at no volume, no device is even asked for', () => {
  const sounds = new Sounds(() => assert.fail('a device was asked for'), () => {});
  sounds.muted = true;
  sounds.play('declined');
  Object.assign(sounds, { muted: false, volume: 0 });
  sounds.play('declined');
});

test('without a device nothing fails, and one that is plugged in later is found', () => {
  let there = false;
  const device = new Device();
  const sounds = new Sounds(() => {
    if (!there) throw new Error('NotSupportedError');
    return device;
  }, () => {});
  for (const name of Object.keys(SOUNDS)) sounds.play(name);
  there = true;
  sounds.play('scanned');
  assert.equal(device.played.length, 1);
});

test('a payment sounds once however often it is told of, and again only for something new', () => {
  const heard = [];
  const verdicts = new Verdicts((name) => heard.push(name));
  for (const state of ['prepared', 'sent', 'unknown', 'unknown', 'pending', 'unknown', 'approved', 'approved', 'voided']) verdicts.hear(view(state));
  assert.deepEqual(heard, ['attention', 'approved']);
  verdicts.hear(view('approved', { conflict: true }));
  verdicts.hear(view('approved', { conflict: true }));
  assert.deepEqual(heard, ['attention', 'approved', 'attention']);
});

test('what was there before this page is silent until it changes', () => {
  const heard = [];
  const verdicts = new Verdicts((name) => heard.push(name));
  verdicts.hear(view('unknown'));
  verdicts.hear(view('unknown'));
  verdicts.hear(view('declined'));
  verdicts.hear(view('approved', { reference: 'B' }));
  assert.deepEqual(heard, ['declined']);
});

test('a verdict that comes as the first word of a payment begun here is heard', () => {
  const heard = [];
  const verdicts = new Verdicts((name) => heard.push(name));
  verdicts.hear(view('not_charged'), true);
  verdicts.hear(view('not_charged'));
  assert.deepEqual(heard, ['declined']);
});

test('an answer that could not be saved never sounds like an approval', () => {
  assert.equal(verdictOf(view('approved', { saved: false })), 'attention');
});
