//! The steps of a live check, heard one by one as the shell ends them.
// @ts-check
import { Watchable } from './watchable.js';

/** @import { CheckStep } from '../types/ipc.js' */

export class Checks extends Watchable {
  /** Those that have ended, in order. @type {CheckStep[]} */
  ended = [];

  /** A new check begins. */
  begin() {
    this.ended = [];
    this.changed();
  }

  /** @param {CheckStep} step */
  hear(step) {
    this.ended = [...this.ended.filter((one) => one.step !== step.step), step];
    this.changed();
  }
}
