// A scanner is told from a person by the times between keys, whatever it types. The times are those of real devices and hands, and thousands drawn from a repeatable dice.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { page } from './page.mjs';

const { GAP_MS, GROUP, LEAST, Scanner } = await page('lib/scanner.js');
const { isReference, shownCode } = await page('models/scans.js');

const stroke = (key, timeStamp, more = {}) => ({ key, code: '', timeStamp, repeat: false, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...more });

/** Keys with the time since the one before; a key may have more to it. */
const played = (...strokes) => {
  let now = 1000;
  return strokes.map(([key, after, more]) => stroke(key, (now += after), more));
};
const typed = (text, gap) => [...text].map((key) => [key, gap]);
const scansIn = (strokes, scanner = new Scanner()) => strokes.map((one) => scanner.hear(one)).filter(({ kind }) => kind === 'scan').map(({ text }) => text);

/** Xorshift: the same numbers every time. */
function dice(seed) {
  let state = seed >>> 0 || 1;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % most;
  };
}

describe('recorded', () => {
  test('a laser scanner over USB: 13 digits at 8 ms and Enter', () => {
    assert.deepEqual(scansIn(played(...typed('9555021509870', 8), ['Enter', 8])), ['9555021509870']);
  });

  test('a scanner over Bluetooth that comes in packets: 1 ms, then 41 ms', () => {
    assert.deepEqual(scansIn(played(...[...'9555021509870'].map((key, place) => [key, place % 4 === 0 ? 41 : 1]), ['Enter', 41])), ['9555021509870']);
  });

  test('letters with a shift of their own, and one that ends with Tab', () => {
    const keys = [['Shift', 6], ['S', 6, { shiftKey: true }], ['K', 6, { shiftKey: true }], ['U', 6, { shiftKey: true }], ['-', 6], ['4', 6], ['Tab', 6]];
    assert.deepEqual(scansIn(played(...keys)), ['SKU-4']);
  });

  test('a GS1 code with its separator typed as Ctrl+]', () => {
    const keys = [...typed(']C10109501101530003', 5), ['Control', 5, { ctrlKey: true }], [']', 5, { ctrlKey: true, code: 'BracketRight' }], ...typed('10AB', 5), ['Enter', 5]];
    assert.deepEqual(scansIn(played(...keys)), [`]C10109501101530003${GROUP}10AB`]);
  });

  test('an input method that hides what was typed: the keys themselves are read', () => {
    const hidden = [...'9b'].map((key) => ['Process', 7, { code: /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}` }]);
    assert.deepEqual(scansIn(played(...hidden, ['Process', 7, { code: 'Minus' }], ['Process', 7, { code: 'KeyQ', shiftKey: true }], ['Enter', 7])), ['9b-Q']);
  });

  test('control characters in place of Enter, and Enter with Tab after it is one end', () => {
    assert.deepEqual(scansIn(played(...typed('12345', 5), ['m', 5, { ctrlKey: true }])), ['12345']);
    const scanner = new Scanner();
    const heard = played(...typed('12345', 5), ['Enter', 5], ['Tab', 5]).map((one) => scanner.hear(one).kind);
    assert.deepEqual(heard.slice(-2), ['scan', 'echo']);
  });

  test('a fast typist, 120 words a minute with two keys at once', () => {
    const gaps = [95, 31, 110, 44, 88, 102, 61, 27, 130, 70, 90];
    assert.deepEqual(scansIn(played(...[...'teh tarik a'].map((key, place) => [key, gaps[place]]), ['Enter', 80])), []);
  });

  test('an amount drummed on a keypad: two keys close by, the Enter by the other hand', () => {
    assert.deepEqual(scansIn(played(['1', 200], ['2', 38], ['5', 71], ['0', 35], ['Enter', 45])), []);
  });

  test('a key held down, and Enter held down after a scan', () => {
    assert.deepEqual(scansIn(played(['1', 500], ...Array.from({ length: 20 }, () => ['1', 33, { repeat: true }]), ['Enter', 33])), []);
    const held = played(...typed('12345', 5), ['Enter', 5], ...Array.from({ length: 5 }, () => ['Enter', 33, { repeat: true }]));
    assert.deepEqual(scansIn(held), ['12345']);
  });

  test('two scans in a row, and a person’s digits before the second', () => {
    assert.deepEqual(scansIn(played(...typed('111111', 5), ['Enter', 5], ...typed('222222', 5), ['Enter', 5])), ['111111', '222222']);
    assert.deepEqual(scansIn(played(['7', 300], ['5', 180], ...[['9', 200], ...typed('555', 5)], ['Enter', 5])), ['9555']);
  });

  test('a code of two characters is too short, one of three is not', () => {
    assert.equal(LEAST, 3);
    assert.deepEqual(scansIn(played(...typed('12', 5), ['Enter', 5])), []);
    assert.deepEqual(scansIn(played(...typed('123', 5), ['Enter', 5])), ['123']);
  });

  test('a pay key in the middle is a person’s, and what follows starts anew', () => {
    assert.deepEqual(scansIn(played(...typed('1250', 5), ['F9', 5], ['Enter', 5])), []);
    assert.deepEqual(scansIn(played(...typed('12', 5), ['Backspace', 5], ...typed('34', 5), ['Enter', 5])), []);
  });

  test('an Enter after a pause ends nothing, and the keyboard’s commands are no characters', () => {
    assert.deepEqual(scansIn(played(...typed('12345', 5), ['Enter', GAP_MS + 1])), []);
    assert.deepEqual(scansIn(played(...typed('12345', 5), ['Enter', GAP_MS])), ['12345']);
    assert.deepEqual(scansIn(played(['a', 5, { ctrlKey: true }], ['c', 5, { ctrlKey: true }], ['v', 5, { metaKey: true }], ['Enter', 5])), []);
  });

  test('a clock that goes back ends what was begun', () => {
    assert.deepEqual(scansIn(played(...typed('123', 5), ['4', -200], ['Enter', 5])), []);
  });
});

describe('drawn by dice', () => {
  const LETTERS = 'ABCabc0123456789-./ $%+:?=&_]~éñ中';

  test('whatever a scanner types at its pace, alone or after a person, comes whole and once', () => {
    const roll = dice(7);
    for (let round = 0; round < 4000; round += 1) {
      const text = Array.from({ length: LEAST + roll(40) }, () => [...LETTERS][roll([...LETTERS].length)]).join('');
      const before = Array.from({ length: roll(6) }, () => [String(roll(10)), GAP_MS + 1 + roll(300)]);
      const [first, ...rest] = [...text];
      const strokes = [...before, [first, GAP_MS + 1 + roll(2000)]];
      for (const key of rest) {
        // The shift comes between, within the same gap.
        if (roll(4) === 0) {
          const half = roll(GAP_MS);
          strokes.push(['Shift', half], [key, roll(GAP_MS + 1 - half)]);
        } else strokes.push([key, roll(GAP_MS + 1)]);
      }
      strokes.push([roll(2) === 0 ? 'Enter' : 'Tab', roll(GAP_MS + 1)]);
      assert.deepEqual(scansIn(played(...strokes)), [text], JSON.stringify(strokes));
    }
  });

  test('a stream with a pause in every three keys holds no scan', () => {
    const roll = dice(11);
    const keys = ['1', '5', '0', '.', 'a', 'Enter', 'Tab', 'Shift', 'F9', 'Backspace', 'ArrowDown', ' '];
    for (let round = 0; round < 4000; round += 1) {
      let since = 0;
      const strokes = Array.from({ length: 40 }, () => {
        const slow = since >= 2;
        since = slow ? 0 : since + 1;
        return [keys[roll(keys.length)], slow ? GAP_MS + 1 + roll(200) : roll(GAP_MS + 1)];
      });
      assert.deepEqual(scansIn(played(...strokes)), [], JSON.stringify(strokes));
    }
  });

  test('every scan that is found is there: its keys in a row, each soon after the one before', () => {
    const roll = dice(23);
    const keys = ['1', '2', 'a', '+', 'Enter', 'Tab', 'Shift', 'F9', 'Escape'];
    for (let round = 0; round < 2000; round += 1) {
      const strokes = played(...Array.from({ length: 60 }, () => [keys[roll(keys.length)], roll(70), { repeat: roll(15) === 0 }]));
      const scanner = new Scanner();
      strokes.forEach((one, at) => {
        const heard = scanner.hear(one);
        if (heard.kind !== 'scan') return;
        const run = [];
        for (let back = at - 1; back >= 0 && run.length < heard.text.length; back -= 1) {
          const { key, repeat, timeStamp } = strokes[back];
          assert.ok(strokes[back + 1].timeStamp - timeStamp <= GAP_MS, 'a gap inside a scan');
          assert.ok(key === 'Shift' || (key.length === 1 && !repeat), key);
          if (key !== 'Shift') run.unshift(key);
        }
        assert.equal(run.join(''), heard.text);
        assert.ok(run.length >= LEAST);
      });
    }
  });

  test('however long, a scan ends with its Enter and keeps no more than a code can hold', () => {
    const [found, ...others] = scansIn(played(...typed('x'.repeat(20_000), 1), ['Enter', 1]));
    assert.equal(found.length, 7089);
    assert.deepEqual(others, []);
  });
});

test('what a scanner says of the kind of code is not shown, nor what cannot be', () => {
  assert.equal(shownCode(`]C10109501101530003${GROUP}10AB`), '010950110153000310AB');
  assert.equal(shownCode('  SKU-4\n'), 'SKU-4');
  assert.equal(shownCode('SKU]A0'), 'SKU]A0');
  assert.equal([...shownCode('中'.repeat(400))].length, 48);
});

test('a receipt’s reference is known for what it is', () => {
  assert.ok(isReference('01JDABCDEFGHJKMNPQRS'));
  for (const other of ['9555021509870', '01JDABCDEFGHJKMNPQRI', '01jdabcdefghjkmnpqrs', '01JDABCDEFGHJKMNPQRST']) assert.ok(!isReference(other), other);
});
