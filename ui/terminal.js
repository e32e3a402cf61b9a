//! A virtual terminal's window: a page of its own, which can do nothing but what can be done at its terminal.
// @ts-check
import { loadFragments } from './lib/dom.js';
import { follow } from './lib/ipc.js';
import { KaunterVirtualTerminal } from './elements/virtual-terminal.js';

await loadFragments(['virtual-terminal']);
const terminal = new KaunterVirtualTerminal();
document.body.prepend(terminal);
await follow('virtual_terminal', (view) => terminal.take(view));
