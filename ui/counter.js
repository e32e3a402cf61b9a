//! The screens that sell. They are loaded while somebody looks for their name on the lock screen.
// @ts-check
import { checkout, scans } from './models/till.js';
import { askMeasure } from './elements/quantity-dialog.js';
import { askSameAmount } from './elements/same-amount.js';
import './screens/sell.js';
import './screens/pay.js';

checkout.onSameAmount = askSameAmount;
scans.measure = askMeasure;
