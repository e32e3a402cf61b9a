//! The dialog that an item is added and changed in: its name, price and unit, where it stands, its codes, its picture.
// @ts-check
import { tell } from '../lib/announce.js';
import { el, find, fragment } from '../lib/dom.js';
import { openEditDialog } from '../lib/edit-dialog.js';
import { readFile } from '../lib/files.js';
import { clearErrors, setValue, showRefusal, value } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { call } from '../lib/ipc.js';
import { t } from '../lib/text.js';
import { UNIT_SIGNS, unitName } from '../lib/units.js';
import { itemPicture } from '../models/item-pictures.js';

/** @import { ItemView, TaxChoice, Unit } from '../types/ipc.js' */

/** More than any telephone's photograph; the shell has the last word. */
const PHOTO_BYTES = 16 * 1024 * 1024;

/**
 * Opens the dialog. True if the item was saved or removed.
 * @param {ItemView | null} item null for a new one
 * @param {string} [barcode] one that a new item begins with
 */
export async function editItem(item, barcode = '') {
  const [categories, taxes] = await Promise.all([call('item_categories', {}), call('item_tax_classes', {})]);
  const dialog = find(fragment('item-editor'), '[data-form]', HTMLDialogElement);
  const editor = new Editor(dialog, item, taxes);
  find(dialog, '[data-categories]', HTMLElement).replaceChildren(...categories.filter(({ name }) => name !== '').map(({ name }) => el('option', { value: name })));
  if (barcode !== '') editor.add(barcode);
  let done = false;
  await openEditDialog(
    dialog,
    async () => {
      editor.addTyped();
      await call('save_item', { form: editor.filled() });
      done = true;
      tell(t('saved'));
    },
    item && (async () => {
      await call('remove_item', { id: item.id });
      done = true;
    }),
    { amount_empty: t('items.price_wrong'), amount_malformed: t('items.price_wrong') },
  );
  return done;
}

class Editor {
  #form;
  #item;
  /** @type {string[]} */
  #barcodes;
  /** A file to take for its picture; empty to take it away, null to keep it. @type {string | null} */
  #picture = null;

  /** @param {HTMLDialogElement} dialog @param {ItemView | null} item @param {TaxChoice[]} taxes */
  constructor(dialog, item, taxes) {
    this.#form = find(dialog, 'form', HTMLFormElement);
    this.#item = item;
    this.#barcodes = [...(item?.barcodes ?? [])];
    find(dialog, '[data-title]', HTMLElement).textContent = t(item ? 'items.edit' : 'items.add');
    const units = /** @type {Unit[]} */ (Object.keys(UNIT_SIGNS));
    find(dialog, '[data-units]', HTMLElement).replaceChildren(...units.map((unit) => el('option', { value: unit }, unitName(unit))));
    this.#taxes(taxes);
    setValue(this.#form, 'name', item?.name ?? '');
    setValue(this.#form, 'price', item?.price ?? '');
    setValue(this.#form, 'unit', item?.unit ?? 'each');
    setValue(this.#form, 'category', item?.category ?? '');
    setValue(this.#form, 'code', item?.code ?? '');
    this.#soldOut.checked = item?.soldOut ?? false;
    this.#barcodeField.addEventListener('keydown', (event) => this.#keyInBarcode(event));
    find(dialog, '[data-barcode-add]', HTMLElement).addEventListener('click', () => {
      this.addTyped();
      this.#barcodeField.focus();
    });
    find(dialog, '[data-file]', HTMLInputElement).addEventListener('change', (event) => this.#pick(/** @type {HTMLInputElement} */ (event.target)));
    find(dialog, '[data-photo-remove]', HTMLElement).addEventListener('click', () => this.#show('', null));
    this.#show(null, item && itemPicture(item));
    this.#drawBarcodes();
  }

  get #soldOut() {
    return find(this.#form, '[data-sold-out]', HTMLInputElement);
  }

  get #barcodeField() {
    return find(this.#form, '[data-barcode]', HTMLInputElement);
  }

  /** @param {TaxChoice[]} taxes */
  #taxes(taxes) {
    const field = find(this.#form, '[data-tax]', HTMLElement);
    field.hidden = taxes.length === 0;
    find(field, '[data-taxes]', HTMLElement).replaceChildren(
      el('option', { value: '' }, t('item.tax_usual')),
      ...taxes.map(({ id, name, rate }) => el('option', { value: String(id) }, `${name} ${rate}%`)),
    );
    setValue(this.#form, 'taxClass', this.#item?.taxClass ? String(this.#item.taxClass) : '');
  }

  filled() {
    const form = this.#form;
    const taxClass = value(form, 'taxClass');
    const field = find(form, '[data-tax]', HTMLElement);
    return {
      id: this.#item?.id ?? null,
      name: value(form, 'name').trim(),
      price: value(form, 'price').trim(),
      category: value(form, 'category').trim(),
      code: value(form, 'code').trim(),
      barcodes: this.#barcodes,
      // While the shop charges no tax its classes are not asked about, and stay.
      taxClass: field.hidden ? (this.#item?.taxClass ?? null) : taxClass === '' ? null : Number(taxClass),
      unit: /** @type {Unit} */ (value(form, 'unit')),
      soldOut: this.#soldOut.checked,
      picture: this.#picture,
    };
  }

  /** A scanner ends with Enter or Tab: the code is taken and the field is ready for the next. @param {KeyboardEvent} event */
  #keyInBarcode(event) {
    if (event.key !== 'Enter' && event.key !== 'Tab') return;
    if (this.#barcodeField.value.trim() === '') return;
    event.preventDefault();
    this.addTyped();
  }

  /** Takes what stands in the field for a barcode; the shell says when it is none. */
  addTyped() {
    const field = this.#barcodeField;
    clearErrors(this.#form);
    const typed = field.value.replace(/[\p{Cc}\s]/gu, '');
    if (typed !== '') this.add(typed);
    field.value = '';
  }

  /** @param {string} barcode */
  add(barcode) {
    if (this.#barcodes.includes(barcode)) return;
    this.#barcodes = [...this.#barcodes, barcode];
    this.#drawBarcodes();
    tell(t('item.barcode_added', { code: barcode }));
  }

  #drawBarcodes() {
    const list = find(this.#form, '[data-barcodes]', HTMLElement);
    list.replaceChildren(...this.#barcodes.map((barcode) =>
      el('li', {}, el('span', {}, barcode),
        el('button', { type: 'button', class: 'bare', 'aria-label': t('item.barcode_remove', { code: barcode }), onclick: () => this.#drop(barcode) }, icon('cross')))));
    list.hidden = this.#barcodes.length === 0;
  }

  /** @param {string} barcode */
  #drop(barcode) {
    this.#barcodes = this.#barcodes.filter((one) => one !== barcode);
    this.#drawBarcodes();
    this.#barcodeField.focus();
  }

  /** Shows the picture as it would be kept, before it is. @param {HTMLInputElement} input */
  async #pick(input) {
    const [file] = input.files ?? [];
    if (!file) return;
    clearErrors(this.#form);
    const frame = find(this.#form, '[data-photo]', HTMLElement);
    frame.setAttribute('aria-busy', 'true');
    try {
      const kept = await call('read_item_picture', { file: await readFile(file, PHOTO_BYTES, 'picture_too_large') });
      this.#show(kept, el('img', { src: kept, alt: t('item.picture'), class: 'item-picture' }));
    } catch (thrown) {
      showRefusal(this.#form, thrown);
    } finally {
      frame.removeAttribute('aria-busy');
      input.value = '';
    }
  }

  /** @param {string | null} change @param {HTMLImageElement | null} image */
  #show(change, image) {
    this.#picture = change;
    find(this.#form, '[data-photo]', HTMLElement).replaceChildren(image ?? icon('tag'));
    find(this.#form, '[data-photo-remove]', HTMLElement).hidden = image === null;
  }
}
