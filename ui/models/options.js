//! What the counter may offer beside the plain ways to pay, as the merchant set it.
// @ts-check
import { call } from '../lib/ipc.js';
import { Watchable } from './watchable.js';

/** @import { SaleOptions } from '../types/ipc.js' */

export class Options extends Watchable {
  /** Nothing beside the plain ways until the shell has said otherwise. @type {SaleOptions} */
  view = { cashOut: null, asksProduct: false, asksPromo: false, productIndex: '', lastProduct: 0 };

  async load() {
    this.view = await call('sale_options', {});
    this.changed();
  }
}
