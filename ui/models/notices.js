//! The one message that stands above a screen when something was refused or failed.
// @ts-check
import { asCommandError } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/** @import { CommandError } from '../types/ipc.js' */

export class Notices extends Watchable {
  /** @type {CommandError | null} */
  error = null;
  /** Told when the shell says that nobody is signed in any more. @type {() => void} */
  onLocked = () => {};

  /** @param {unknown} thrown */
  show(thrown) {
    const error = asCommandError(thrown);
    if (error.code === 'locked') {
      this.onLocked();
      return;
    }
    this.error = error;
    this.changed();
  }

  clear() {
    if (!this.error) return;
    this.error = null;
    this.changed();
  }

  /**
   * Runs what somebody asked for and shows what it was refused with. True if it went through: what was said before it is over
   * then, but not what was refused meanwhile.
   * @param {() => Promise<unknown>} action
   */
  async attempt(action) {
    const before = this.error;
    try {
      await action();
      if (this.error === before) this.clear();
      return true;
    } catch (thrown) {
      this.show(thrown);
      return false;
    }
  }
  /**
   * Runs what nobody asked for: a failure is shown, and its success says nothing of what was refused before.
   * @param {() => Promise<unknown>} action
   */
  async quietly(action) {
    try {
      await action();
      return true;
    } catch (thrown) {
      this.show(thrown);
      return false;
    }
  }
}
