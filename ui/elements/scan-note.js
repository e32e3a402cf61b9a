//! The line above a screen about the last scan, where the ticket does not show what became of it.
// @ts-check
import { el } from '../lib/dom.js';
import { icon } from '../lib/icons.js';
import { takeKeys } from '../lib/keys.js';
import { t } from '../lib/text.js';
import { scans, session } from '../models/till.js';
import { Part } from './part.js';

/**
 * @import { IconName } from '../lib/icons.js'
 * @import { TextKey } from '../lib/text.js'
 * @import { ScanNote } from '../models/scans.js'
 */

/** @type {Record<ScanNote['kind'], { icon: IconName, words: TextKey, todo: TextKey | null }>} */
const LOOKS = {
  added: { icon: 'check', words: 'scan.added', todo: null },
  paid: { icon: 'receipt', words: 'scan.paid', todo: null },
  missing: { icon: 'question', words: 'scan.missing', todo: 'scan.missing_todo' },
  soldOut: { icon: 'none', words: 'scan.sold_out', todo: null },
  payment: { icon: 'warning', words: 'scan.payment', todo: 'scan.payment_todo' },
};

export class KaunterScanNote extends Part {
  start() {
    // Heard as it comes; it never takes the focus, so that the next scan needs no touch.
    this.setAttribute('role', 'status');
    scans.watch(() => this.#draw(), this.life);
    session.watch(() => session.view.session === null && scans.clear(), this.life);
    takeKeys((event) => {
      if (event.key !== 'Escape' || scans.note === null) return false;
      scans.clear();
      return true;
    }, this.life);
  }

  speak() {
    this.#draw();
  }

  #draw() {
    const { note } = scans;
    if (note === null) {
      this.replaceChildren();
      return;
    }
    const look = LOOKS[note.kind];
    const { code, name } = note;
    const good = note.kind === 'added' || note.kind === 'paid';
    this.replaceChildren(
      el('div', { class: `scan-note ${good ? 'good' : 'wait'}` },
        icon(look.icon),
        el('p', {}, el('strong', {}, t(look.words, { name: name || code, code })), look.todo ? el('span', {}, ` ${t(session.isManager && note.kind === 'missing' ? 'scan.missing_manager' : look.todo)}`) : null),
        ...this.#ways(note),
        el('button', { type: 'button', class: 'bare', 'aria-label': t('close'), onclick: () => scans.clear() }, icon('cross'))),
    );
  }

  /** @param {ScanNote} note */
  #ways(note) {
    if (note.kind === 'added') return [el('a', { class: 'button', href: '#/sell', onclick: () => scans.clear() }, t('scan.to_ticket'))];
    if (note.kind !== 'missing' || !session.isManager) return [];
    return [el('a', { class: 'button', href: `#/items/new/${encodeURIComponent(note.code)}`, onclick: () => scans.clear() }, t('scan.add_item'))];
  }
}

customElements.define('kaunter-scan-note', KaunterScanNote);
