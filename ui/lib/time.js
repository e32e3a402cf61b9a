//! Times as staff read them: this machine's zone, 24 hours.
// @ts-check

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** "16:20" @param {Date | string} at */
export const hourMinute = (at) => clock.format(new Date(at));

/** "16:20:37" @param {Date | string} at */
export const toTheSecond = (at) => seconds.format(new Date(at));

/** "22 Nov 2026, 16:20" @param {Date | string} at */
export const dateAndTime = (at) => full.format(new Date(at));

/** "16:20" today, "Sat 21 Nov, 16:20" before. @param {string} at */
export function whenShort(at) {
  const then = new Date(at);
  const today = then.toDateString() === new Date().toDateString();
  return today ? clock.format(then) : `${day.format(then)}, ${clock.format(then)}`;
}

/** Whole seconds from now to `at`, none below zero. @param {string} at */
export const secondsUntil = (at) => Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1000));
