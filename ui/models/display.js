//! How the customer's display stands, for those who look after it.
// @ts-check
import { call } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/** @import { DisplayForm, DisplayView } from '../types/ipc.js' */

export class CustomerDisplay extends Watchable {
  /** @type {DisplayView | null} */
  view = null;

  /** @param {DisplayView} view */
  take(view) {
    this.view = view;
    this.changed();
  }

  /** Asks to be told. All of it comes by the event, so that nothing old comes after something new. */
  async load() {
    await call('display', {});
  }

  /** @param {DisplayForm} form */
  async save(form) {
    await call('save_display', { form });
  }
}
