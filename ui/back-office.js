//! The screens that only a manager opens, and set-up's.
// @ts-check
import './screens/setup.js';
import './screens/items.js';
import './screens/staff.js';
import './screens/settings.js';
import './screens/account.js';
import './screens/first-sale.js';
