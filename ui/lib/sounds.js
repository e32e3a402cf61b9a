//! The till's sounds, made of tones as they are played: one each for approved, declined, attention, a scan that was taken
//! and one that was not. A machine without a sound device stays silent, and nothing else changes.
// @ts-check

/**
 * @typedef {'approved' | 'declined' | 'attention' | 'scanned' | 'notScanned'} SoundName
 * @typedef {{ at: number, lasts: number, from: number, to?: number, shape: OscillatorType, strength?: number }} Tone
 *   seconds, hertz, and how strong beside the others
 */

/**
 * Told apart by direction and rhythm, so that they still are on a small loudspeaker or with poor hearing: up, down, a
 * repeated call, one short high beep, two short low ones.
 * @type {Record<SoundName, Tone[]>}
 */
export const SOUNDS = {
  approved: [
    { at: 0, lasts: 0.14, from: 523.25, shape: 'triangle' },
    { at: 0.11, lasts: 0.14, from: 659.25, shape: 'triangle' },
    { at: 0.22, lasts: 0.38, from: 783.99, shape: 'triangle' },
  ],
  declined: [
    { at: 0, lasts: 0.2, from: 311.13, shape: 'triangle' },
    { at: 0.22, lasts: 0.42, from: 233.08, to: 207.65, shape: 'triangle' },
  ],
  attention: [0, 0.36, 0.72].flatMap((at) => [
    { at, lasts: 0.13, from: 880, shape: /** @type {const} */ ('square'), strength: 0.45 },
    { at: at + 0.15, lasts: 0.13, from: 698.46, shape: /** @type {const} */ ('square'), strength: 0.45 },
  ]),
  scanned: [{ at: 0, lasts: 0.07, from: 1975.53, shape: 'sine', strength: 0.8 }],
  notScanned: [
    { at: 0, lasts: 0.11, from: 196, shape: 'sawtooth', strength: 0.6 },
    { at: 0.16, lasts: 0.16, from: 174.61, shape: 'sawtooth', strength: 0.6 },
  ],
};

/** The loudest that a tone gets; below one, so that two that overlap do not crackle. */
const LOUDEST = 0.5;
/** A tone that starts or stops at once clicks. */
const EDGE_S = 0.008;
/** A sound device at rest costs nothing; woken for each beep it would come late. */
const REST_MS = 20_000;

export class Sounds {
  /** In percent. */
  volume = 70;
  muted = false;
  #make;
  #later;
  /** @type {AudioContext | null} */
  #device = null;
  #played = 0;

  /** @param {() => AudioContext} [make] @param {(run: () => void, ms: number) => unknown} [later] */
  constructor(make = () => new AudioContext(), later = setTimeout) {
    this.#make = make;
    this.#later = (/** @type {() => void} */ run, /** @type {number} */ ms) => later(run, ms);
  }

  /** @param {SoundName} name */
  play(name) {
    if (this.muted || this.volume === 0) return;
    try {
      this.#sound(SOUNDS[name]);
    } catch {
      // No sound device, or one that went away; the next sound looks for it anew.
      this.#device = null;
    }
  }

  /** @param {readonly Tone[]} tones */
  #sound(tones) {
    this.#device ??= this.#make();
    const device = this.#device;
    // An engine may start it asleep, until somebody has touched the page.
    if (device.state === 'suspended') device.resume().catch(() => {});
    const mine = (this.#played += 1);
    this.#later(() => mine === this.#played && device.suspend().catch(() => {}), REST_MS);
    const start = device.currentTime + EDGE_S;
    for (const { at, lasts, from, to = from, shape, strength = 1 } of tones) {
      const tone = device.createOscillator();
      const loudness = device.createGain();
      const [begins, ends] = [start + at, start + at + lasts];
      // The ear's measure of loudness is nearer to the square.
      const loud = LOUDEST * strength * (this.volume / 100) ** 2;
      tone.type = shape;
      tone.frequency.setValueAtTime(from, begins);
      tone.frequency.linearRampToValueAtTime(to, ends);
      loudness.gain.setValueAtTime(0, begins);
      loudness.gain.linearRampToValueAtTime(loud, begins + EDGE_S);
      loudness.gain.setValueAtTime(loud, ends - EDGE_S);
      loudness.gain.linearRampToValueAtTime(0, ends);
      tone.connect(loudness).connect(device.destination);
      tone.start(begins);
      tone.stop(ends);
    }
  }
}
