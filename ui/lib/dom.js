//! Small tools for the document: typed finding, building without markup in strings, lists that keep their focus.
// @ts-check
import { drawIcons } from './icons.js';
import { fillIn, language } from './text.js';

/**
 * The one element that `selector` names, of the type expected; its absence is a bug, so it throws.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`No ${type.name} for ${selector}`);
  return found;
}

/**
 * Builds an element. `on…` props are listeners, `null` and `false` leave an attribute out; children are
 * nodes or text, so hostile names stay text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== null && value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * One of our own elements, with its attributes set before it starts.
 * @param {string} tag
 * @param {Record<string, string | null | undefined>} attributes
 */
export function element(tag, attributes) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) made.setAttribute(name, value);
  return made;
}

/**
 * Makes `list` show `items` in order, keeping the nodes (and so focus and scroll) of those that stay; after a change of
 * language all are made anew.
 * @template T
 * @param {Element} list
 * @param {readonly T[]} items
 * @param {(item: T, index: number) => string} keyOf
 * @param {(item: T) => HTMLElement} make
 * @param {(node: HTMLElement, item: T, index: number) => void} [update]
 */
export function keyed(list, items, keyOf, make, update = () => {}) {
  /** @type {Map<string, HTMLElement>} */
  const known = new Map();
  for (const node of list.children) {
    if (node instanceof HTMLElement && node.dataset.key && node.dataset.spoken === language()) known.set(node.dataset.key, node);
  }
  const wanted = items.map((item, index) => {
    const key = keyOf(item, index);
    const node = known.get(key) ?? make(item);
    node.dataset.key = key;
    node.dataset.spoken = language();
    update(node, item, index);
    return node;
  });
  const keep = new Set(wanted);
  for (const node of [...list.children]) if (!keep.has(/** @type {HTMLElement} */ (node))) node.remove();
  wanted.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
}

/** @type {Map<string, DocumentFragment>} */
const fragments = new Map();

/**
 * Fetches every screen's markup once, at start, so that changing screens waits for nothing.
 * @param {readonly string[]} names
 */
export async function loadFragments(names) {
  await Promise.all(
    names.map(async (name) => {
      const answer = await fetch(`screens/${name}.html`);
      const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fragment = document.createDocumentFragment();
      fragment.append(...parsed.body.childNodes);
      fragments.set(name, fragment);
    }),
  );
}

/**
 * Fetches the sheets that the first picture does without. Each has its place in the document already, so that they win
 * over one another as if all had come at once.
 */
export async function loadSheets() {
  await Promise.all(
    [...document.querySelectorAll('link[rel=stylesheet][disabled]')].map(
      (link) =>
        new Promise((done, failed) => {
          link.addEventListener('load', done, { once: true });
          link.addEventListener('error', () => failed(new Error(`No ${link.getAttribute('href')}`)), { once: true });
          link.removeAttribute('disabled');
        }),
    ),
  );
}

/**
 * A fresh copy of a screen's markup with its words in place.
 * @param {string} name
 */
export function fragment(name) {
  const source = fragments.get(name);
  if (!source) throw new Error(`No fragment ${name}`);
  const copy = document.importNode(source, true);
  fillIn(copy);
  drawIcons(copy);
  tieFields(copy);
  return copy;
}

let tied = 0;

/**
 * Ties each `.field`'s control to the label, the hint and the error that stand around it. With its label wrapped around
 * it, a field would be called by all of these, and in WebKit by what it holds as well.
 * @param {ParentNode} root
 */
export function tieFields(root) {
  for (const field of root.querySelectorAll('div.field')) {
    const control = find(field, 'input, select, textarea', HTMLElement);
    control.id ||= `field-${(tied += 1)}`;
    find(field, 'label', HTMLLabelElement).htmlFor = control.id;
    const notes = [...field.children].filter((child) => child.matches('.small, [data-error]'));
    for (const note of notes) note.id ||= `note-${(tied += 1)}`;
    if (notes.length > 0) control.setAttribute('aria-describedby', notes.map((note) => note.id).join(' '));
  }
}

/**
 * Moves focus to a place that is not itself a control (a heading, a card), so that a reader starts there.
 * @param {HTMLElement} place
 */
export function focusOn(place) {
  if (place.tabIndex < 0 && !place.hasAttribute('tabindex')) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}
