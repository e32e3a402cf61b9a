// What each picture of the counter's window costs: a font for each size and weight, and a blur for each soft shadow.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { root } from './page.mjs';

/** The other windows' own sheets: they are drawn large, and without a till behind them. */
const OTHERS = new Set(['customer.css', 'virtual-terminal.css']);
const folder = `${root}ui/styles/`;
const sheets = await Promise.all((await readdir(folder)).filter((name) => !OTHERS.has(name)).map(async (name) => ({ name, text: await readFile(folder + name, 'utf8') })));

test('words stand in two weights', () => {
  for (const { name, text } of sheets) {
    const weights = [...text.matchAll(/font-weight: ([^;}]+)|font: (\d+) /g)].map(([, long, short]) => (long ?? short).replace('!important', '').trim());
    assert.deepEqual([name, weights.filter((weight) => !['400', '600'].includes(weight))], [name, []]);
  }
});

/** A shadow's third length, or none. @param {string} shadow such as `inset 0 0 0 1px red` */
const blur = (shadow) => shadow.trim().split(/\s+/).filter((part) => /^-?[\d.]/.test(part))[2];

test('no shadow is blurred', () => {
  for (const { name, text } of sheets) {
    const all = [...text.matchAll(/(?:box-shadow|--shadow[\w-]*|--ring): ([^;}]+)/g)].map(([, value]) => value);
    // Commas between brackets belong to a colour.
    const soft = all.flatMap((value) => value.split(/,(?![^(]*\))/)).filter((shadow) => !['0', undefined].includes(blur(shadow)));
    assert.deepEqual([name, soft], [name, []]);
  }
});
