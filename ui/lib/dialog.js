//! Opens a modal dialog and gives the focus back to where it was.
// @ts-check

/**
 * Shows `dialog` until it is closed, then removes it. The platform traps the focus and closes on Esc; a press beside it closes
 * it too. While it or a form in it is busy (`aria-busy`) neither does, so that what becomes of that work is still seen here.
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
    dialog.addEventListener('cancel', (event) => {
      // A list of choices or a file that is dismissed in it says so by the same event.
      if (event.target === dialog && isBusy(dialog)) event.preventDefault();
    });
    // The dialog's own edge is the dialog too, and so is a text whose selection ends outside.
    let began = false;
    dialog.addEventListener('pointerdown', (event) => (began = isBeside(dialog, event)));
    dialog.addEventListener('click', (event) => {
      if (began && isBeside(dialog, event) && !isBusy(dialog)) dialog.close();
    });
  });
}

/** @param {HTMLDialogElement} dialog */
const isBusy = (dialog) => dialog.getAttribute('aria-busy') === 'true' || dialog.querySelector('form[aria-busy=true]') !== null;

/** Whether a press met what is dimmed around the dialog. @param {HTMLDialogElement} dialog @param {MouseEvent} event */
function isBeside(dialog, { target, clientX, clientY }) {
  if (target !== dialog) return false;
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
