//! A moment in which what has to be handed over can be read: the Enter that took the money, pressed twice, must not go on to the
//! next sale and wipe it away.
// @ts-check

/** Longer than the second press of a double one takes, shorter than counting any change does. */
const READ_MS = 500;

export class ReadFirst {
  #now;
  #until = 0;

  /** @param {() => number} [now] on the clock that events have theirs from */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  begin() {
    this.#until = this.#now() + READ_MS;
  }

  /** There is nothing that has to be read. */
  clear() {
    this.#until = 0;
  }

  get isOver() {
    return this.#now() >= this.#until;
  }

  /** Whether a key goes on: one that came later and was pressed for it. @param {Pick<KeyboardEvent, 'repeat' | 'timeStamp'>} event */
  allows({ repeat, timeStamp }) {
    return !repeat && timeStamp >= this.#until;
  }
}
