//! Times as staff read them: this machine's zone, 24 hours, in the language that is spoken.
// @ts-check
import { LANGUAGE_TAGS, language, t } from './text.js';

/** @import { TextKey } from './text.js' */

/** @type {Map<string, Intl.DateTimeFormat>} */
const made = new Map();

/** Making a format is slow, so each is made once. @param {keyof typeof SHAPES} shape */
function format(shape) {
  const spoken = language();
  const key = `${spoken} ${shape}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat(LANGUAGE_TAGS[spoken], { hourCycle: 'h23', ...SHAPES[shape] });
  made.set(key, known);
  return known;
}

/** @satisfies {Record<string, Intl.DateTimeFormatOptions>} */
const SHAPES = {
  clock: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  moment: { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  full: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
};

/** "16:20" @param {Date | string} at */
export const hourMinute = (at) => format('clock').format(new Date(at));

/** "16:20:37" @param {Date | string} at */
export const toTheSecond = (at) => format('seconds').format(new Date(at));

/** "22 Nov 2026, 16:20" @param {Date | string} at */
export const dateAndTime = (at) => format('full').format(new Date(at));

/** "22 Nov, 16:20:37" @param {Date | string} at */
export const monthDayAndTime = (at) => format('moment').format(new Date(at));

/** "16:20" today, "Sat 21 Nov, 16:20" before. @param {string} at */
export function whenShort(at) {
  const then = new Date(at);
  const today = then.toDateString() === new Date().toDateString();
  const clock = format('clock').format(then);
  return today ? clock : t('time.day_and_clock', { day: format('day').format(then), clock });
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
  return days > 0 ? `${t('time.days', { count: days })} ${shown}` : shown;
}
/** @type {[number, TextKey][]} */
const UNITS = [[86_400, 'time.days'], [3600, 'time.hours'], [60, 'time.minutes'], [1, 'time.seconds']];

/** How long ago, in the two largest units: "8 s", "4 min 10 s", "2 h 5 min", "3 d 4 h". @param {string} at */
export function ageOf(at) {
  const whole = Math.max(0, Math.floor((Date.now() - Date.parse(at)) / 1000));
  const first = UNITS.findIndex(([length]) => whole >= length);
  let rest = whole;
  /** @type {string[]} */
  const parts = [];
  for (const [length, name] of UNITS.slice(first < 0 ? 3 : first).slice(0, 2)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0 || parts.length === 0) parts.push(t(name, { count }));
  }
  return parts.join(' ');
}

/** Whole seconds from now to `at`, none below zero. @param {string} at */
export const secondsUntil = (at) => Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1000));
