//! The only door to the Rust side: typed calls, typed events, and errors that always have a code.
// @ts-check

/**
 * @import { Channels, Commands, Events, CommandError } from '../types/ipc.js'
 * @typedef {{ core: { invoke(name: string, args: object): Promise<any>, Channel: new () => { onmessage: (message: any) => void } },
 *   event: { listen(name: string, take: (event: { payload: any }) => void): Promise<() => void> } }} Tauri
 */

/** A command that was refused or failed. `error.code` is what the page acts on. */
export class Refusal extends Error {
  /** @param {CommandError} error */
  constructor(error) {
    super(error.message);
    this.error = error;
  }
}

/** @returns {Tauri} */
function tauri() {
  return /** @type {any} */ (window).__TAURI__;
}

/**
 * Calls one command of the shell.
 * @template {keyof Commands} K
 * @param {K} name
 * @param {Commands[K]['args']} args
 * @returns {Promise<Commands[K]['result']>}
 * @throws {Refusal}
 */
export async function call(name, args) {
  try {
    return await tauri().core.invoke(name, args);
  } catch (thrown) {
    throw new Refusal(asCommandError(thrown));
  }
}

/**
 * Calls a command that tells on a channel, and hears what it tells for as long as the page lives. For the windows that
 * may hear no events.
 * @template {keyof Channels} K
 * @param {K} name
 * @param {(told: Channels[K]) => void} take
 * @throws {Refusal}
 */
export async function follow(name, take) {
  const channel = new (tauri().core.Channel)();
  channel.onmessage = take;
  await call(name, /** @type {any} */ ({ channel }));
}

/**
 * Hears one of the shell's events for as long as the page lives.
 * @template {keyof Events} K
 * @param {K} name
 * @param {(payload: Events[K]) => void} take
 */
export function hear(name, take) {
  return tauri().event.listen(name, (event) => take(event.payload));
}

/**
 * What went wrong, whatever was thrown: a bug in the page counts as *internal*, never as silence.
 * @param {unknown} thrown
 * @returns {CommandError}
 */
export function asCommandError(thrown) {
  if (thrown instanceof Refusal) return thrown.error;
  if (thrown && typeof thrown === 'object' && 'code' in thrown && typeof thrown.code === 'string') {
    return /** @type {CommandError} */ (thrown);
  }
  return { code: 'internal', message: String(thrown), retryable: false, waitSeconds: null };
}
