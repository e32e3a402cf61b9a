//! The screens on which everybody looks something up. They are loaded behind the first picture, so that going to one waits
//! for nothing.
// @ts-check
import './screens/history.js';
import './screens/unresolved.js';
import './screens/terminals.js';
