// Every colour that words are written in can be read on every ground that they stand on: in light, in dark, and where more
// contrast is asked for. WCAG 2.2, 1.4.3 and 1.4.11; 1.4.6 for the wish for more.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './page.mjs';

const style = (name) => readFileSync(join(root, 'ui/styles', name), 'utf8');

/** The colours of a sheet by their names, as [light, dark]. */
function colours(sheet) {
  return Object.fromEntries([...sheet.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [name, [light, dark]]));
}

const luminance = (hex) => {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const GROUNDS = ['paper', 'surface', 'raised', 'sunken', 'quiet-wash'];
const WORDS = [
  ...['ink', 'ink-soft', 'accent', 'good', 'bad', 'wait'].flatMap((word) => GROUNDS.map((ground) => [word, ground])),
  ...['good', 'bad', 'wait', 'accent'].flatMap((word) => [[word, `${word}-wash`], ['ink', `${word}-wash`]]),
  ['on-accent', 'accent'], ['on-accent', 'accent-deep'], ['surface', 'wait'], ['surface', 'bad'], ['paper', 'ink'],
];
const EDGES = ['paper', 'surface', 'raised'].map((ground) => ['line-strong', ground]);

const usual = colours(style('tokens.css'));
const more = { ...usual, ...colours(style('contrast.css')) };

for (const [manner, tokens, words, edges] of [['as it is', usual, 4.5, 3], ['with more contrast', more, 7, 4.5]]) {
  ['light', 'dark'].forEach((theme, at) => {
    test(`${manner}, ${theme}: words stand out from their ground, and what is pressed or filled in has an edge`, () => {
      const poor = [...WORDS.map((pair) => [...pair, words]), ...EDGES.map((pair) => [...pair, edges])]
        .map(([one, other, least]) => [one, other, least, contrast(tokens[one][at], tokens[other][at])])
        .filter(([, , least, is]) => is < least)
        .map(([one, other, least, is]) => `${one} on ${other}: ${is.toFixed(2)}, not ${least}`);
      assert.deepEqual(poor, []);
    });
  });
}
