//! Another account, password, key or gateway for a till that is set up: refused while a payment is not settled, checked
//! live before anything changes.
// @ts-check
import { alert, tell } from '../lib/announce.js';
import { el, find, fragment } from '../lib/dom.js';
import { clearErrors, setBusy, showRefusal } from '../lib/forms.js';
import { icon } from '../lib/icons.js';
import { asCommandError, call } from '../lib/ipc.js';
import { badge } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { dateAndTime } from '../lib/time.js';
import { notices, payments, session } from '../models/till.js';
import { KaunterAccountFields } from '../elements/account-fields.js';
import { KaunterCheckList } from '../elements/check-list.js';
import { Part } from '../elements/part.js';
import { showProblems } from '../elements/setup-account.js';

/** @import { AccountView, HistoryRow } from '../types/ipc.js' */

export class KaunterAccount extends Part {
  #asked = 0;
  #filled = false;

  start() {
    this.#filled = false;
    this.replaceChildren(fragment('account'));
    this.on('[data-form]', 'submit', (event) => {
      event.preventDefault();
      this.#change();
    });
    this.on('[data-form]', 'input', () => this.#warn());
    // A payment that is settled, or begun, changes whether the account may be.
    payments.watch(() => this.#load(), this.life);
  }

  speak() {
    super.speak();
    clearErrors(this.#form);
    this.find('[data-done]', HTMLElement).hidden = true;
    if (this.#filled) this.#warn();
    this.#load();
  }

  get #form() {
    return this.find('[data-form]', HTMLFormElement);
  }

  get #fields() {
    return find(this, 'kaunter-account-fields', KaunterAccountFields);
  }

  get #list() {
    return find(this, 'kaunter-check-list', KaunterCheckList);
  }

  async #load() {
    const turn = (this.#asked += 1);
    await notices.quietly(async () => {
      const view = await call('account', {});
      if (turn === this.#asked && this.isConnected) this.#draw(view);
    });
  }

  /** @param {AccountView} view */
  #draw({ facts, blockers }) {
    const busy = blockers.length > 0;
    this.find('[data-busy]', HTMLElement).hidden = !busy;
    this.find('[data-blockers]', HTMLElement).replaceChildren(...blockers.map(blocker));
    this.#form.hidden = busy;
    // What was typed meanwhile stays.
    if (!this.#filled) this.#fields.fill(facts);
    this.#filled = true;
  }

  /** Says before what a change means for what was taken so far. */
  #warn() {
    const note = this.find('[data-warning]', HTMLElement);
    const { login, merchant } = this.#fields.isAnother;
    note.hidden = !login && !merchant;
    const words = merchant ? t('account.other_merchant') : t('account.other_login');
    if (!note.hidden && note.textContent !== words) note.replaceChildren(icon('warning'), el('span', {}, words));
  }

  #change = single(async () => {
    const form = this.#form;
    clearErrors(form);
    if (!this.#fields.isComplete()) return;
    this.find('[data-about]', HTMLElement).hidden = true;
    this.find('[data-done]', HTMLElement).hidden = true;
    this.#list.begin();
    setBusy(form, true);
    try {
      const report = await call('change_account', { form: this.#fields.form });
      if (!this.isConnected) return;
      this.#list.end(report.steps);
      if (report.passed) await this.#changed();
      else showProblems(form, report);
    } catch (thrown) {
      if (!this.isConnected) return;
      this.#list.clear();
      const error = asCommandError(thrown);
      if (error.code === 'account_busy') {
        alert(t('account.busy'));
        await this.#load();
      } else {
        showRefusal(form, thrown);
      }
    } finally {
      if (this.isConnected) setBusy(form, false);
    }
  });

  async #changed() {
    this.#filled = false;
    await Promise.all([this.#load(), session.refresh()]);
    this.#warn();
    const done = this.find('[data-done]', HTMLElement);
    done.hidden = false;
    done.replaceChildren(
      el('p', { class: 'note good' }, icon('check'), el('span', {}, t('account.done'))),
      ...(session.view.terminal ? [] : [el('p', {}, t('account.choose_terminal'), ' ', el('a', { href: '#/terminals' }, t('screen.terminals')))]),
    );
    tell(t('account.done'));
  }
}

/** A payment that is in the way, with the place where it is settled. @param {HistoryRow} row */
function blocker(row) {
  const onItsWay = row.state === 'prepared' || row.state === 'sent';
  const words = el('div', {},
    el('b', { class: 'money' }, money(row.amount, row.currency)),
    el('span', {}, row.terminalName),
    el('span', { class: 'soft' }, dateAndTime(row.at)),
    el('span', { class: 'code' }, t('pay.reference', { reference: row.reference })));
  return el('li', {}, words, badge(row),
    onItsWay ? null : el('a', { class: 'button', href: `#/unresolved/${row.reference}` }, t('detail.to_unresolved')));
}

customElements.define('kaunter-account', KaunterAccount);
