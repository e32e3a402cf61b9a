//! A QR code as sharp squares: dark on white whatever the theme, since a camera reads it.
// @ts-check

/** @import { SquaresView } from '../types/ipc.js' */

const SVG = 'http://www.w3.org/2000/svg';
/** Squares of white around it, as its standard asks. */
const BORDER = 4;

/**
 * @param {SquaresView} squares
 * @param {string} name what it is, for a reader
 */
export function qrCode({ side, path }, name) {
  const picture = document.createElementNS(SVG, 'svg');
  const whole = side + 2 * BORDER;
  picture.setAttribute('viewBox', `${-BORDER} ${-BORDER} ${whole} ${whole}`);
  picture.setAttribute('class', 'qr-code');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', name);
  picture.setAttribute('shape-rendering', 'crispEdges');
  const dark = document.createElementNS(SVG, 'path');
  dark.setAttribute('d', path);
  picture.append(dark);
  return picture;
}
