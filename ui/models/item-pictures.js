//! The pictures of items, fetched once each and some at a time: a list says only which picture an item has.
// @ts-check
import { call } from '../lib/ipc.js';

/** @import { ItemView } from '../types/ipc.js' */

/** More are not kept: at most 64 KiB each. */
const MOST = 400;

/** By item and version, what is known of it. @type {Map<string, string>} */
const known = new Map();
/** Waiting for the next question. @type {Map<string, { id: number, shows: HTMLImageElement[] }>} */
let wanted = new Map();

/** @param {Pick<ItemView, 'id' | 'picture'>} item */
const keyOf = ({ id, picture }) => `${id}:${picture}`;

/**
 * An item's picture for the eye only, since its name stands beside it; null if it has none.
 * @param {Pick<ItemView, 'id' | 'picture'>} item
 */
export function itemPicture(item) {
  if (item.picture === null) return null;
  const image = document.createElement('img');
  image.alt = '';
  image.className = 'item-picture';
  image.draggable = false;
  const key = keyOf(item);
  const url = known.get(key);
  if (url === undefined) want(key, item.id, image);
  else image.src = url;
  return image;
}

/** @param {string} key @param {number} id @param {HTMLImageElement} image */
function want(key, id, image) {
  // Those of one list are asked for together, once it is built.
  if (wanted.size === 0) queueMicrotask(() => void fetchWanted());
  const one = wanted.get(key) ?? { id, shows: [] };
  one.shows.push(image);
  wanted.set(key, one);
}

async function fetchWanted() {
  const asked = wanted;
  wanted = new Map();
  try {
    const pictures = await call('item_pictures', { ids: [...asked.values()].map(({ id }) => id) });
    const urls = new Map(pictures.map(({ id, url }) => [id, url]));
    for (const [key, { id, shows }] of asked) {
      const url = urls.get(id);
      if (url === undefined) continue;
      known.set(key, url);
      for (const image of shows) image.src = url;
    }
    for (const key of [...known.keys()].slice(0, Math.max(0, known.size - MOST))) known.delete(key);
  } catch {
    // A tile without its picture still sells; the next list asks again.
  }
}
