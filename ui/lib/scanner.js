//! Tells a barcode scanner, which types, from a person: by the times between the keys alone, as the events have them. It
//! knows no page and no clock of its own.
// @ts-check

/**
 * @typedef {Pick<KeyboardEvent, 'key' | 'code' | 'timeStamp' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>} Stroke
 * @typedef {{ kind: 'begins' | 'goesOn' | 'passes' | 'breaks' | 'echo' } | { kind: 'scan', text: string }} Heard
 *   `begins`: a character that may be a scan's first. `goesOn`: one more, as fast as a scanner's. `passes`: a key that only
 *   changes what others mean. `scan`: the end of one. `echo`: a second end, as where a scanner ends with Enter and Tab.
 *   `breaks`: any other key; what was typed before was typed by a person.
 */

/** Slower than this between two keys, and it is a person. */
export const GAP_MS = 50;
/** Two keys can be that close by chance; three with an Enter cannot. */
export const LEAST = 3;
/** More than the largest QR code holds. What is longer is still a scan, but only so much is kept. */
const MOST = 7089;
/** The character that GS1 codes have between fields. Scanners type it as Ctrl+]. */
export const GROUP = '\u001d';

const SHIFTS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn']);

export class Scanner {
  #gap;
  #text = '';
  #count = 0;
  #last = Number.NEGATIVE_INFINITY;
  #ended = Number.NEGATIVE_INFINITY;

  /** @param {number} [gap] in milliseconds */
  constructor(gap = GAP_MS) {
    this.#gap = gap;
  }

  /** @param {Stroke} stroke @returns {Heard} */
  hear(stroke) {
    const quick = this.#isSoonAfter(this.#last, stroke);
    if (SHIFTS.has(stroke.key)) {
      // A scanner's shift is a stroke of its own.
      if (quick && !stroke.repeat) this.#last = stroke.timeStamp;
      return { kind: 'passes' };
    }
    if (isEnd(stroke)) return this.#end(stroke, quick);
    const character = stroke.repeat ? null : characterOf(stroke);
    if (character === null) {
      this.#forget();
      return { kind: 'breaks' };
    }
    const goesOn = quick && this.#count > 0;
    if (!goesOn) this.#forget();
    if (this.#text.length < MOST) this.#text += character;
    this.#count += 1;
    this.#last = stroke.timeStamp;
    return { kind: goesOn ? 'goesOn' : 'begins' };
  }

  /** @param {Stroke} stroke @param {boolean} quick @returns {Heard} */
  #end(stroke, quick) {
    const text = this.#text;
    const count = this.#count;
    this.#forget();
    if (quick && !stroke.repeat && count >= LEAST) {
      this.#ended = stroke.timeStamp;
      return { kind: 'scan', text };
    }
    if (count === 0 && !stroke.repeat && this.#isSoonAfter(this.#ended, stroke)) return { kind: 'echo' };
    return { kind: 'breaks' };
  }

  #forget() {
    this.#text = '';
    this.#count = 0;
    this.#last = Number.NEGATIVE_INFINITY;
  }

  /** @param {number} before @param {Stroke} stroke */
  #isSoonAfter(before, stroke) {
    const passed = stroke.timeStamp - before;
    return passed >= 0 && passed <= this.#gap;
  }
}

/** Enter and Tab, and the control characters that some scanners send in their place. @param {Stroke} stroke */
function isEnd({ key, ctrlKey, altKey, metaKey, shiftKey }) {
  if (altKey || metaKey) return false;
  if (ctrlKey) return ['m', 'M', 'j', 'J'].includes(key);
  return key === 'Enter' || (key === 'Tab' && !shiftKey);
}

/** @param {Stroke} stroke */
function characterOf({ key, code, ctrlKey, altKey, metaKey, shiftKey }) {
  if (metaKey) return null;
  if (key === GROUP || (ctrlKey && !altKey && (key === ']' || code === 'BracketRight'))) return GROUP;
  // AltGr is both at once on Windows.
  if (ctrlKey !== altKey) return null;
  // An input method, or a key that waits for the next: what the key would type on the layout that scanners start with.
  if (key === 'Process' || key === 'Dead' || key === 'Unidentified') return onUsLayout(code, shiftKey);
  return [...key].length === 1 ? key : null;
}

const PUNCTUATION = /** @type {Record<string, string>} */ ({
  Space: '  ', Minus: '-_', Equal: '=+', BracketLeft: '[{', BracketRight: ']}', Backslash: '\\|', Semicolon: ';:', Quote: '\'"', Backquote: '`~', Comma: ',<', Period: '.>', Slash: '/?',
  NumpadAdd: '++', NumpadSubtract: '--', NumpadMultiply: '**', NumpadDivide: '//', NumpadDecimal: '..',
});

/** @param {string} code @param {boolean} shift */
function onUsLayout(code, shift) {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit?.[1]) return shift && code.startsWith('Digit') ? (')!@#$%^&*('[digit[1].charCodeAt(0) - 48] ?? null) : digit[1];
  return PUNCTUATION[code]?.[shift ? 1 : 0] ?? null;
}
