// What closes a dialog and what does not: a press beside it does, one on its own edge does not, and nothing does while what
// was asked for is on its way.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { page } from './page.mjs';

const { openDialog } = await page('lib/dialog.js');
const { joined } = await page('lib/single.js');

globalThis.HTMLElement ??= class {};
globalThis.document = { activeElement: null, body: { append: () => {} } };

/** As much of a dialog as is needed to close it; it stands from 100 to 300 both ways. */
class Dialog extends EventTarget {
  open = false;
  returnValue = '';
  busy = false;
  formBusy = false;
  showModal() {
    this.open = true;
  }
  remove() {}
  getAttribute(name) {
    return name === 'aria-busy' && this.busy ? 'true' : null;
  }
  querySelector() {
    return this.formBusy ? {} : null;
  }
  getBoundingClientRect() {
    return { left: 100, top: 100, right: 300, bottom: 300 };
  }
  close(value = this.returnValue) {
    if (!this.open) return;
    this.open = false;
    this.returnValue = value;
    this.dispatchEvent(new Event('close'));
  }
  /** As the engine does on Esc. */
  esc() {
    if (this.dispatchEvent(new Event('cancel', { cancelable: true }))) this.close();
  }
  /** A press at one place that ends at another. */
  press(from, to = from) {
    for (const [type, [clientX, clientY]] of [['pointerdown', from], ['click', to]]) this.dispatchEvent(Object.assign(new Event(type), { clientX, clientY }));
  }
}

const BESIDE = [20, 200];
const EDGE = [110, 200];
let dialog;
let closed;
beforeEach(() => {
  dialog = new Dialog();
  closed = openDialog(dialog);
});

test('a press beside a dialog closes it, and so does Esc', async () => {
  dialog.press(BESIDE);
  assert.equal(await closed, '');
  const other = new Dialog();
  openDialog(other);
  other.esc();
  assert.equal(other.open, false);
});

test('a press on its own edge closes nothing, and neither does a selection that ends or begins outside', () => {
  dialog.press(EDGE);
  dialog.press(EDGE, BESIDE);
  dialog.press(BESIDE, EDGE);
  assert.equal(dialog.open, true);
});

test('while what was asked for is on its way nothing closes it, and then everything does', () => {
  for (const name of ['busy', 'formBusy']) {
    dialog[name] = true;
    dialog.esc();
    dialog.press(BESIDE);
    assert.equal(dialog.open, true, name);
    dialog[name] = false;
  }
  dialog.esc();
  assert.equal(dialog.open, false);
});

test('an event of what stands in the dialog closes nothing', () => {
  // The press began in a field: the engine says so by its target.
  const inner = Object.assign(new Event('click'), { clientX: 0, clientY: 0 });
  Object.defineProperty(inner, 'target', { value: {} });
  dialog.dispatchEvent(inner);
  assert.equal(dialog.open, true);
});

test('calls that are joined run once and end together, with what it gave or was refused with', async () => {
  let runs = 0;
  let end;
  const action = joined(() => new Promise((done, fail) => ((runs += 1), (end = { done, fail }))));
  const both = [action(), action()];
  end.done('made');
  assert.deepEqual(await Promise.all(both), ['made', 'made']);
  const again = [action(), action()];
  end.fail(new Error('refused'));
  const ends = await Promise.allSettled(again);
  assert.deepEqual(ends.map(({ status }) => status), ['rejected', 'rejected']);
  assert.equal(runs, 2);
});
