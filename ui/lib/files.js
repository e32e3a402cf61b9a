//! Files that somebody picks: read as base 64, which is how they go to the shell.
// @ts-check
import { Refusal } from './ipc.js';

/** @import { ErrorCode } from '../types/ipc.js' */

/**
 * The file's bytes as a `data:` address. The shell has its own limit; a file far beyond it is not read at all.
 * @param {File} file
 * @param {number} limit in bytes
 * @param {ErrorCode} tooLarge what a larger one is refused with
 * @returns {Promise<string>}
 */
export function readFile(file, limit, tooLarge) {
  return new Promise((done, fail) => {
    if (file.size > limit) {
      fail(refusal(tooLarge));
      return;
    }
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => fail(refusal('file_failed'));
    reader.readAsDataURL(file);
  });
}

/** @param {ErrorCode} code */
const refusal = (code) => new Refusal({ code, message: '', retryable: true, waitSeconds: null });
