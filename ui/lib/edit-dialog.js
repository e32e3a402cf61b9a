//! A dialog around one form: it saves, it may remove, and it keeps what was typed when the shell says no.
// @ts-check
import { find } from './dom.js';
import { openDialog } from './dialog.js';
import { clearErrors, setBusy, showRefusal } from './forms.js';
import { single } from './single.js';
import { t } from './text.js';

/** @import { ErrorCode } from '../types/ipc.js' */

/**
 * @param {HTMLDialogElement} dialog with one form; `[data-cancel]` closes it, `[data-remove]` removes after a second press
 * @param {(form: HTMLFormElement) => Promise<unknown>} save
 * @param {(() => Promise<unknown>) | null} remove null if there is nothing to remove yet
 * @param {Partial<Record<ErrorCode, string>>} [words] what a refusal is called in this form
 */
export function openEditDialog(dialog, save, remove, words = {}) {
  const form = find(dialog, 'form', HTMLFormElement);
  const run = single(async (/** @type {() => Promise<unknown>} */ action) => {
    clearErrors(form);
    setBusy(form, true);
    try {
      await action();
      dialog.close();
    } catch (thrown) {
      showRefusal(form, thrown, {}, words);
    } finally {
      setBusy(form, false);
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run(() => save(form));
  });
  find(dialog, '[data-cancel]', HTMLElement).addEventListener('click', () => dialog.close());
  const bin = find(dialog, '[data-remove]', HTMLButtonElement);
  bin.hidden = remove === null;
  bin.addEventListener('click', () => {
    if (bin.dataset.sure && remove) run(remove);
    bin.dataset.sure = 'yes';
    bin.textContent = t('remove.sure');
  });
  return openDialog(dialog);
}
