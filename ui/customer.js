//! The customer's display: a page of its own, which can ask for nothing but what a customer may see.
// @ts-check
import { loadFragments } from './lib/dom.js';
import { follow } from './lib/ipc.js';
import { KaunterCustomer } from './elements/customer.js';

await loadFragments(['customer']);
const display = new KaunterCustomer();
document.body.prepend(display);
// Without an answer it stays blank: there is nothing that a customer could do about it.
await follow('customer_view', (view) => display.take(view));
