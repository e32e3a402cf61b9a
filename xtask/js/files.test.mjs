// A file that somebody picks: one that is far too large is not read at all, and any failure is a refusal with words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './page.mjs';

const { readFile } = await page('lib/files.js');

/** Reads what a file holds, or fails where it is gone. */
globalThis.FileReader = class {
  readAsDataURL(file) {
    if (file.gone) this.onerror();
    else {
      this.result = `data:image/png;base64,${btoa(file.text)}`;
      this.onload();
    }
  }
};

test('a file within the limit is read, as base 64 behind a comma', async () => {
  const address = await readFile({ size: 4, text: 'logo' }, 4, 'picture_too_large');
  assert.equal(atob(address.slice(address.indexOf(',') + 1)), 'logo');
});

test('a larger one is refused before a byte of it is read, and so is one that is gone', async () => {
  const unread = { size: 5, get text() { throw new Error('read'); } };
  await assert.rejects(readFile(unread, 4, 'picture_too_large'), ({ error }) => error.code === 'picture_too_large');
  await assert.rejects(readFile({ size: 1, gone: true }, 4, 'picture_too_large'), ({ error }) => error.code === 'file_failed');
});
