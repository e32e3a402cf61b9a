// What each window has to load before it can show anything: a window that shows one part builds no till.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { root } from './page.mjs';

const UI = join(root, 'ui');

/** Every module that one brings along when it starts. */
function loads(entry) {
  const seen = new Set();
  const open = [join(UI, entry)];
  for (const file of open) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?['"](\.[^'"]+)['"];/gm)) open.push(join(dirname(file), path));
  }
  return [...seen].map((file) => relative(UI, file)).sort();
}

for (const entry of ['customer.js', 'terminal.js']) {
  test(`${entry} starts without the till's models, and so without its sounds, questions and timers`, () => {
    const all = loads(entry);
    assert.ok(all.includes('elements/part.js'), 'the imports are read');
    assert.deepEqual(all.filter((path) => path.startsWith('models/')), ['models/customer.js', 'models/keymap.js', 'models/watchable.js'].filter((path) => entry === 'customer.js' || path !== 'models/customer.js'));
  });
}

test('the counter has every model once', () => {
  assert.ok(loads('main.js').includes('models/till.js'));
});
