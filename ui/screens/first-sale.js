//! The test sale: the smallest amount, charged and voided, through the same till and the same checks as any other sale.
// @ts-check
import { alert, tell } from '../lib/announce.js';
import { find, focusOn, fragment } from '../lib/dom.js';
import { takeKeys } from '../lib/keys.js';
import { call } from '../lib/ipc.js';
import { lookOf } from '../lib/labels.js';
import { money } from '../lib/money.js';
import { single } from '../lib/single.js';
import { t } from '../lib/text.js';
import { drawTimeline } from '../lib/timeline.js';
import { checkout, notices, payments } from '../models/till.js';
import { Part } from '../elements/part.js';
import { KaunterProgress, stepText } from '../elements/progress.js';
import { charged, no, offer, open, sceneOf, voided, working } from '../elements/test-scenes.js';
import { askToVoid } from '../elements/void-dialog.js';
import '../elements/countdown.js';

/** @import { PaymentView, TestSaleView } from '../types/ipc.js' */

export class KaunterFirstSale extends Part {
  /** @type {TestSaleView | null} */
  #view = null;
  /** @type {PaymentView | null} */
  #sale = null;
  /** @type {PaymentView | null} */
  #void = null;
  #drawn = '';
  #asked = 0;

  start() {
    this.#drawn = '';
    this.replaceChildren(fragment('first-sale'));
    // As the end of a set-up it stands in the same row of steps.
    if (location.hash.split('/')[2] === 'setup') {
      const progress = new KaunterProgress();
      this.find('main', HTMLElement).prepend(progress);
      progress.show('test');
      tell(`${stepText('test')}: ${t('test.title')}`);
    }
    payments.watch(() => this.#follow(), this.life);
    takeKeys((event) => this.#key(event), this.life);
    this.#load();
  }

  speak() {
    super.speak();
    this.#drawn = '';
    this.#draw();
  }

  get #card() {
    return this.find('[data-card]', HTMLElement);
  }

  land() {
    this.#focus();
  }

  async #load() {
    const turn = (this.#asked += 1);
    await notices.quietly(async () => {
      const view = await call('test_sale', {});
      if (turn !== this.#asked || !this.isConnected) return;
      this.#view = view;
      this.#sale = view.sale && payments.take(view.sale);
      this.#void = view.void && payments.take(view.void);
      this.#draw();
    });
  }

  #follow() {
    if (!this.#view) return;
    this.#sale = this.#sale && (payments.newest(this.#sale.reference) ?? this.#sale);
    const before = this.#void?.state;
    this.#void = this.#void && (payments.newest(this.#void.reference) ?? this.#void);
    // What a void did to its sale is told by the sale alone.
    if (this.#void?.state !== before) this.#load();
    else this.#draw();
  }

  #draw() {
    const view = this.#view;
    if (!view) return;
    const { scene, about } = sceneOf(this.#sale, this.#void);
    const key = [scene, about?.reference, about?.state, about?.saved, about?.conflict, about?.actions, this.#void?.state].join();
    if (key === this.#drawn) {
      const list = this.#card.querySelector('.timeline');
      if (about && list instanceof HTMLElement) drawTimeline(list, about);
      return;
    }
    this.#drawn = key;
    this.dataset.scene = scene === 'working' ? 'waiting' : scene;
    const nodes = this.#nodes(view, scene, about);
    this.#card.replaceChildren(...nodes.filter((node) => node !== null));
    if (about && scene !== 'working') this.#say(scene, about);
    this.#focus();
  }

  /** @param {import('../elements/test-scenes.js').TestScene} scene @param {PaymentView} about */
  #say(scene, about) {
    const word = t(lookOf(about).word);
    if (scene === 'open') alert(`${word}. ${find(this, 'h1', HTMLElement).textContent}`);
    else if (scene === 'voided') tell(t('test.voided'));
    else tell(t('announce.approved', { word, amount: money(about.amount, about.currency) }));
  }

  /** @param {TestSaleView} view @param {import('../elements/test-scenes.js').TestScene} scene @param {PaymentView | null} about */
  #nodes(view, scene, about) {
    const does = {
      charge: (/** @type {string} */ amount) => this.#charge(amount),
      voidIt: (/** @type {PaymentView} */ sale) => this.#voidIt(sale),
      check: (/** @type {PaymentView} */ payment) => this.#check(payment),
    };
    if (!about || !this.#sale || scene === 'offer') return offer(view, does);
    switch (scene) {
      case 'working':
        return working(about);
      case 'charged':
        return charged(this.#sale, this.#void, does);
      case 'voided':
        return voided(this.#sale);
      case 'no':
      case 'by_hand':
        return no(this.#sale, view, does);
      case 'open':
        return open(about, does);
    }
  }

  #focus() {
    const main = this.#card.querySelector('button.main, a.main');
    focusOn(main instanceof HTMLElement ? main : this.#card);
  }

  /** Enter charges, also from the amounts. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'Enter' || event.repeat || !(event.target instanceof HTMLInputElement) || event.target.name !== 'amount') return false;
    this.querySelector('button.main')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    return true;
  }

  #charge = single(async (/** @type {string} */ amount) => {
    notices.clear();
    await notices.attempt(async () => {
      this.#sale = payments.take(await call('begin_test_sale', { amount }));
      this.#void = null;
      if (this.isConnected) this.#follow();
    });
  });

  #voidIt = single(async (/** @type {PaymentView} */ sale) => {
    const started = await askToVoid(sale);
    if (!started || !this.isConnected) return;
    this.#void = payments.take(started);
    // It may have ended already, and then no change of it is heard any more.
    await this.#load();
  });

  #check = single(async (/** @type {PaymentView} */ payment) => {
    tell(t('open.checking'));
    await notices.attempt(() => checkout.check(payment.reference));
  });
}

customElements.define('kaunter-first-sale', KaunterFirstSale);
