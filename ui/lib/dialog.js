//! Opens a modal dialog and gives the focus back to where it was.
// @ts-check

/**
 * Shows `dialog` until it is closed, then removes it. The platform traps the focus and closes on Esc.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>} the dialog's return value, "" when it was dismissed
 */
export function openDialog(dialog) {
  const before = document.activeElement;
  dialog.returnValue = '';
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      done(dialog.returnValue);
    });
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
  });
}
