//! The keyboard's focus is never lost: what had it may leave the page, be hidden or be busy for a moment, and whoever works
//! by keys or hears the page must still stand somewhere.
// @ts-check

/** Watches over the focus for as long as the page lives. @param {() => void} land puts it where the screen begins */
export function keepFocus(land) {
  /** @type {Element | null} */
  let last = null;
  /** @type {Element | null} */
  let busy = null;
  document.addEventListener('focusin', (event) => {
    last = event.target instanceof Element ? event.target : null;
  });
  const look = (/** @type {boolean} */ mayBeHidden) => {
    if (last === null) return;
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    if (last.isConnected) {
      // Busy: it has the focus again once it is not. Somebody who clicked beside it meant to leave it.
      if (nowhere && last.matches(':disabled')) {
        busy = last;
        return;
      }
      if (!mayBeHidden || last.checkVisibility() || (!nowhere && document.activeElement !== last)) return;
    } else if (!nowhere) {
      return;
    }
    last = null;
    const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
    const inside = dialog?.querySelector('input:not(:disabled), select, textarea, button:not(:disabled)');
    if (inside instanceof HTMLElement) inside.focus({ preventScroll: true });
    else land();
  };
  new MutationObserver((changes) => {
    if (busy && !busy.matches(':disabled')) {
      const control = busy;
      busy = null;
      if (control instanceof HTMLElement && control.isConnected && document.activeElement === document.body) control.focus({ preventScroll: true });
    }
    look(changes.some(({ attributeName }) => attributeName === 'hidden'));
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden', 'disabled', 'open'] });
}
