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

/**
 * The terminal's own time as it reads there: it has no zone, and its clock may be wrong. "16:20:37" of "20261122 16:20:37".
 * @param {string} at
 */
export const terminalTime = (at) => at.match(/\d{2}:\d{2}(:\d{2})?/)?.[0] ?? at;

/** The whole of it, "2026-11-22 16:20:37": as the terminal has it. @param {string} at */
export const terminalMoment = (at) => at.replace('T', ' ');

/**
 * What is left until a moment, "2 d 23:59:31" or "23:59:31"; null when it is over.
 * @param {string} at
 */
export function countdown(at) {
  const whole = secondsUntil(at);
  if (whole === 0) return null;
  const days = Math.floor(whole / 86_400);
  const clock = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60];
  const shown = clock.map((part) => String(part).padStart(2, '0')).join(':');
  return days > 0 ? `${days} d ${shown}` : shown;
}

/** How long ago, in the two largest units: "8 s", "4 min 10 s", "2 h 5 min", "3 d 4 h". @param {string} at */
export function ageOf(at) {
  const whole = Math.max(0, Math.floor((Date.now() - Date.parse(at)) / 1000));
  const units = [[86_400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = units.findIndex(([length]) => whole >= Number(length));
  let rest = whole;
  const parts = [];
  for (const [length, name] of units.slice(first < 0 ? 3 : first).slice(0, 2)) {
    const count = Math.floor(rest / Number(length));
    rest -= count * Number(length);
    if (count > 0 || parts.length === 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}

/** Whole seconds from now to `at`, none below zero. @param {string} at */
export const secondsUntil = (at) => Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1000));
