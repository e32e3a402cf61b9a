// Which key does what: no way to pay is ever without a key of its own, and no key is taken from the system or a scanner.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { page } from './page.mjs';

const { ACTIONS, ariaOf, capOf, chordOf, chosenOf, defaultKeys, problemOf, systemOf, whyReserved, withChosen } = await page('lib/keymap.js');
const { Keymap } = await page('models/keymap.js');
const SYSTEMS = ['mac', 'windows', 'linux'];
const press = (key, held = {}) => ({ key, code: '', ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...held });

for (const system of SYSTEMS) {
  describe(system, () => {
    test('starts with a key of its own for everything, none of which the system keeps for itself', () => {
      const keys = defaultKeys(system);
      assert.equal(new Set(Object.values(keys)).size, ACTIONS.length);
      for (const action of ACTIONS) assert.equal(problemOf(action, keys[action], keys, system), null, `${action} on ${keys[action]}`);
    });

    test('whatever was kept, each action has one key and no two share it', () => {
      const chords = ['F1', 'F9', 'F10', 'F11', 'F12', 'Shift+F9', 'Insert', '?', 'a', 'Enter', 'Ctrl+V', 'Alt+F4', 'Meta+Q', '', 'F99'];
      for (let round = 0; round < 3000; round += 1) {
        const chosen = Object.fromEntries(ACTIONS.filter((_, place) => (round * (place + 3)) % 4 < 2).map((action, place) => [action, chords[(round * 7 + place * (round % 5 + 1)) % chords.length]]));
        const keys = withChosen(chosen, system);
        assert.equal(new Set(Object.values(keys)).size, ACTIONS.length, JSON.stringify(chosen));
        for (const action of ACTIONS) assert.equal(whyReserved(keys[action], system), null);
        assert.deepEqual(withChosen(chosenOf(keys, system), system), keys);
      }
    });

    test('what types amounts, words and scans, edits text or moves about is not to be had', () => {
      for (const chord of ['0', '9', 'a', 'Z', 'é', '中', '.', ',', '+', '-', '*', 'Space']) assert.equal(whyReserved(chord, system), 'typed', chord);
      for (const chord of ['Enter', 'Tab', 'Shift+Tab', 'Escape', 'Backspace', 'Delete', 'ArrowUp', 'Shift+Home']) assert.equal(whyReserved(chord, system), 'fixed', chord);
      for (const chord of ['Ctrl+C', 'Ctrl+V', 'Ctrl+Z', 'Ctrl+W', 'Ctrl+]', 'Ctrl+M', 'Ctrl+Enter', 'Ctrl++']) assert.equal(whyReserved(chord, system), 'editing', chord);
      for (const chord of ['Alt+F4', 'Ctrl+Alt+F1', 'Alt+A', 'Meta+Q', 'Meta+Tab']) assert.equal(whyReserved(chord, system), 'system', chord);
      for (const chord of ['AudioPlay', 'BrowserBack']) assert.equal(whyReserved(chord, system), 'unusable', chord);
    });
  });
}

test('a Mac keeps F11 and F12, others the context menu', () => {
  for (const key of ['F11', 'F12']) {
    assert.equal(whyReserved(key, 'mac'), 'system');
    assert.equal(whyReserved(key, 'windows'), null);
    assert.ok(!Object.values(defaultKeys('mac')).includes(key));
  }
  assert.equal(whyReserved('Shift+F10', 'linux'), 'system');
  assert.equal(whyReserved('Shift+F10', 'mac'), null);
});

test('a key that does something else already says what', () => {
  const keys = defaultKeys('linux');
  assert.deepEqual(problemOf('cash', 'F9', keys, 'linux'), { conflict: 'payCard' });
  assert.equal(problemOf('payCard', 'F9', keys, 'linux'), null);
  assert.equal(problemOf('cash', 'F1', keys, 'linux'), null);
});

test('two that changed places both keep what was chosen', () => {
  const keys = withChosen({ payCard: 'F12', cash: 'F9' }, 'linux');
  assert.deepEqual([keys.payCard, keys.cash], ['F12', 'F9']);
});

test('a chord is what was pressed, with the shift of a character inside it', () => {
  assert.equal(chordOf(press('F9')), 'F9');
  assert.equal(chordOf(press('F5', { shiftKey: true })), 'Shift+F5');
  assert.equal(chordOf(press('?', { shiftKey: true })), '?');
  assert.equal(chordOf(press('l', { ctrlKey: true })), 'Ctrl+L');
  assert.equal(chordOf(press('L', { ctrlKey: true, shiftKey: true })), 'Ctrl+Shift+L');
  assert.equal(chordOf(press('+', { ctrlKey: true })), 'Ctrl++');
  for (const key of ['Shift', 'Control', 'Dead', 'Process', 'Unidentified', 'CapsLock', '']) assert.equal(chordOf(press(key)), null);
});

test('while somebody types, a plain character is what it is and a function key still pays', () => {
  const keymap = new Keymap('linux');
  assert.equal(keymap.actionOf(press('/'), true), null);
  assert.equal(keymap.actionOf(press('/'), false), 'search');
  assert.equal(keymap.actionOf(press('F9'), true), 'payCard');
  keymap.take({ payCard: 'F1' });
  assert.equal(keymap.actionOf(press('F9')), null);
  assert.equal(keymap.actionOf(press('F1')), 'payCard');
});

test('caps and readers have each key in their own way', () => {
  assert.equal(capOf('Shift+F5', 'linux'), 'Shift F5');
  assert.equal(capOf('Shift+F5', 'mac'), '⇧ F5');
  assert.equal(capOf('Ctrl++', 'windows'), 'Ctrl +');
  assert.equal(capOf('Insert', 'windows'), 'Ins');
  assert.equal(ariaOf('Ctrl+L'), 'Control+L');
});

test('the system is read off what the engine says of itself', () => {
  assert.equal(systemOf({ userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15' }), 'mac');
  assert.equal(systemOf({ userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Edg/130' }), 'windows');
  assert.equal(systemOf({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15' }), 'linux');
});
