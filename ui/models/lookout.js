//! When the list of terminals is asked for by itself: only while somebody can look at it, ever more seldom while nothing
//! changes, later still after a failure, and never sooner than the gateway said.
// @ts-check

/**
 * @import { Session } from './session.js'
 * @import { Terminals } from './terminals.js'
 * @typedef {{ first: number, longest: number }} Pace in milliseconds
 */

/** While the Terminals screen is shown: somebody waits for a new one, or for a light. @type {Pace} */
const CLOSELY = { first: 5_000, longest: 60_000 };
/** For the light in the bar, on every other screen. @type {Pace} */
const IN_PASSING = { first: 120_000, longest: 600_000 };
/** How much longer each wait is than the one before. */
const GROWTH = 1.5;
/** The longest that the gateway is left alone because it said so. */
const LONGEST_TOLD_MS = 3_600_000;

export class Lookout {
  #terminals;
  #session;
  /** How many parts look closely. */
  #close = 0;
  #wait = IN_PASSING.first;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #asking = false;

  /** @param {Terminals} terminals @param {Session} session */
  constructor(terminals, session) {
    this.#terminals = terminals;
    this.#session = session;
  }

  /** Follows who is signed in and whether the window is seen, for as long as the page lives. */
  start() {
    const always = new AbortController().signal;
    let there = false;
    this.#session.watch(() => {
      if (there === this.#mayLook) return;
      there = this.#mayLook;
      this.#again();
    }, always);
    document.addEventListener('visibilitychange', () => this.#again());
  }

  /** Looks closely until `signal` says stop. @param {AbortSignal} signal */
  closely(signal) {
    this.#close += 1;
    this.#again();
    signal.addEventListener('abort', () => {
      this.#close -= 1;
      this.#again();
    });
  }

  get #pace() {
    return this.#close > 0 ? CLOSELY : IN_PASSING;
  }

  get #mayLook() {
    const { mode, session, problem } = this.#session.view;
    return mode !== 'setup' && session !== null && problem === null;
  }

  /** From the shortest wait on, as something has just begun or changed. */
  #again() {
    this.#wait = this.#pace.first;
    this.#plan(this.#wait);
  }

  /** @param {number} wait */
  #plan(wait) {
    clearTimeout(this.#timer);
    if (!this.#mayLook || document.visibilityState !== 'visible') return;
    this.#timer = setTimeout(() => this.#look(), wait);
  }

  async #look() {
    if (this.#asking) return;
    this.#asking = true;
    const before = lights(this.#terminals);
    // A list that could not be had says so itself; an error is the shell's own, and is waited out like one.
    const failed = await this.#terminals.refresh().then(() => this.#terminals.view.problem !== null, () => true);
    this.#asking = false;
    if (!failed && lights(this.#terminals) !== before) return this.#again();
    this.#wait = Math.min(this.#pace.longest, this.#wait * (failed ? 2 : GROWTH));
    const told = (this.#terminals.view.problem?.waitSeconds ?? 0) * 1000;
    this.#plan(Math.max(this.#wait, Math.min(told, LONGEST_TOLD_MS)));
  }
}

/** What a person would notice. @param {Terminals} terminals */
const lights = (terminals) => terminals.view.terminals.map(({ id, light }) => `${id}=${light}`).join(' ');
