//! The pictures beside words, drawn here as paths so that no file has to be fetched and colours follow the text.
// @ts-check

/** Stroked on a 24 × 24 grid. */
const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M12 7.5V12l3 2',
  question: 'M9 9.2a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2.1M12 17.2v.1M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17',
  none: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M6.2 6.2l11.6 11.6',
  undo: 'M8.5 5L4 9.5L8.5 14M4.5 9.5H14a5 5 0 0 1 0 10h-3',
  lock: 'M7 10.5V8a5 5 0 0 1 10 0v2.5M6.5 10.5h11a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19v-7a1.5 1.5 0 0 1 1.5-1.5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L20 20',
  erase: 'M9 5.5h9.5A1.5 1.5 0 0 1 20 7v10a1.5 1.5 0 0 1-1.5 1.5H9L3 12zM11.5 9.5l5 5M16.5 9.5l-5 5',
  card: 'M4.5 5.5h15A1.5 1.5 0 0 1 21 7v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5M3 10h18M6.5 14.5h4',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v2M14 20h2M19.5 19v1',
  scan: 'M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M4 12h16',
  terminal: 'M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3M9.5 6.5h5v4h-5zM9.7 14h.1M12 14h.1M14.3 14h.1M9.7 17h.1M12 17h.1M14.3 17h.1',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20c.6-3.6 3.5-5.5 7.5-5.5s6.9 1.9 7.5 5.5',
  plus: 'M12 5.5v13M5.5 12h13',
  minus: 'M5.5 12h13',
  bin: 'M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5',
  pencil: 'M5 19l.8-3.8L16 5l3 3L8.8 18.2zM14 7l3 3',
  warning: 'M12 4L2.8 19.5h18.4zM12 10v4.5M12 17v.1',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M12 11v5.5M12 7.7v.1',
  arrow: 'M5 12h14M13 6l6 6l-6 6',
  back: 'M19 12H5M11 6l-6 6l6 6',
  cap: 'M2.5 9L12 4.5L21.5 9L12 13.5zM6.5 11.2v4.6c1.5 1.5 3.3 2.2 5.5 2.2s4-.7 5.5-2.2v-4.6M21.5 9v5.5',
  store: 'M4 10v9.5h16V10M3 9l2-5h14l2 5c0 1.7-1.3 2.5-3 2.5s-3-.8-3-2.5c0 1.7-1.3 2.5-3 2.5S9 10.7 9 9c0 1.7-1.3 2.5-3 2.5S3 10.7 3 9M9.5 19.5v-5h5v5',
  receipt: 'M6 3.5v17l2-1.3l2 1.3l2-1.3l2 1.3l2-1.3l2 1.3v-17l-2 1.3l-2-1.3l-2 1.3l-2-1.3l-2 1.3zM9 9h6M9 12.5h6',
  cash: 'M3.5 7h17v10h-17zM12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5M6.5 9.8v.1M17.5 14.1v.1',
  split: 'M12 20v-6.5M12 13.5L5.5 7M12 13.5L18.5 7M5.5 11.5V7H10M14 7h4.5v4.5',
  printer: 'M7 8.5V4h10v4.5M7 17H4.5V8.5h15V17H17M7 14h10v6H7z',
  percent: 'M6 18L18 6M7.5 5.5a2.2 2.2 0 1 0 0 4.4a2.2 2.2 0 0 0 0-4.4M16.5 14.1a2.2 2.2 0 1 0 0 4.4a2.2 2.2 0 0 0 0-4.4',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  screen: 'M4 4.5h16A1.5 1.5 0 0 1 21.5 6v9.5A1.5 1.5 0 0 1 20 17H4a1.5 1.5 0 0 1-1.5-1.5V6A1.5 1.5 0 0 1 4 4.5M12 17v3.5M8 20.5h8',
  tag: 'M4 4.5h7.5L20 13l-7 7L4.5 11.5zM8 8.2v.1',
};

/** @typedef {keyof typeof PATHS} IconName */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An icon for the eye only; the word beside it is what counts.
 * @param {IconName} name
 */
export function icon(name) {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', '0 0 24 24');
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  picture.append(path);
  return picture;
}

/**
 * Puts the icon that each `data-icon` asks for at the start of its element.
 * @param {ParentNode} root
 */
export function drawIcons(root) {
  for (const place of root.querySelectorAll('[data-icon]')) {
    place.prepend(icon(/** @type {IconName} */ (place.getAttribute('data-icon'))));
    place.removeAttribute('data-icon');
  }
}
