/** A shop on a customer's page: its products, and the way to an order once one is wanted. */
import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { moneyWord } from '../../../schemas/protocol/money-word.ts';
import { InlayElement } from '../../kit/base-element.ts';
import { icon } from '../../kit/icons.ts';
import { styles } from '../../kit/styles.ts';
import { Cart } from './cart.ts';
import { gridView, next, picture } from './grid-view.ts';
import type { Steps } from './next.ts';
import { shopStyles } from './shop-styles.ts';
import type { Card, Catalogue, Money, Query } from './shop-types.ts';

const order = ['grid', 'product', 'cart', 'checkout', 'done'] as const;
export type Step = (typeof order)[number];

const bag = 'M4.5 7h11l.8 10H3.7zM7 9V6a3 3 0 0 1 6 0v3';

/**
 * @tag inlay-shop
 * @event {CustomEvent<{product: string, variant: string, quantity: number}>} inlay:shop-added - Something was put into the cart.
 * @event {CustomEvent<{total: {amount: number, currency: string}}>} inlay:shop-checkout - The visitor is about to order.
 * @event {CustomEvent<{id: string, number: string, total: {amount: number, currency: string}}>} inlay:shop-ordered - It is ordered.
 */
export class InlayShop extends InlayElement {
  static override properties: PropertyDeclarations = { product: {}, category: {} };
  static override styles = [...styles, shopStyles];

  /** Id or slug of the one product to sell here. */
  declare product?: string;
  /** Slug of the category to begin with. */
  declare category?: string;

  step: Step = 'grid';
  catalogue!: Catalogue;
  /** The page of products that shows, and what was asked for it. */
  list!: Pick<Catalogue, 'products' | 'next'>;
  query: Query = {};
  busy = false;
  /** Whether the grid ends where the room ends that the page keeps for it. */
  folded = false;
  /** The product that is looked at: its id or slug, and what the grid knows of it. */
  wanted = '';
  card?: Card | undefined;
  /** What went wrong, shown in the step. */
  notice = '';
  /** What has just been done, for whoever does not see the badge. */
  news = '';
  readonly cart = new Cart(this);
  /** All that follows the grid. */
  steps?: Steps;
  /** For the steps too, whose own file would else share a third one with this. */
  readonly picture = picture;

  override connectedCallback(): void {
    super.connectedCallback();
    // The page has chosen: its first view is not in the first file.
    if (this.product || this.category) next();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.opening && (changed.has('product') || changed.has('category'))) this.#begin();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const list = this.folded && this.frame.querySelector('.products');
    if (list && list.scrollHeight <= list.clientHeight) this.unfold();
  }

  protected override opened(data: unknown): void {
    this.catalogue = this.list = data as Catalogue;
    // What stands below it and is seen does not move before the visitor does something.
    const { minHeight } = this.style;
    this.frame.style.setProperty('--room', minHeight);
    this.folded = this.getBoundingClientRect().top + parseFloat(minHeight) < innerHeight;
    this.cart.open();
    if (!this.opening) this.#begin();
  }

  /** The first view, as the page wants it; a visitor who is further stays there. */
  #begin(): void {
    const { product, category } = this;
    if (product) this.show(product, false);
    else {
      if (this.step === 'product') this.go('grid', '', false);
      if (category) this.browse({ category });
    }
  }

  /** Shows all of the grid; who asked for that goes on where it ended. */
  unfold = (event?: Event): void => {
    const asked = (event?.target as Element | undefined)?.closest('.rest');
    if (!this.folded || (asked && event?.type === 'focusin')) return;
    this.folded = false;
    this.requestUpdate();
    if (!asked) return;
    const { bottom } = this.frame.querySelector('.folded')!.getBoundingClientRect();
    const cards = [...this.frame.querySelectorAll<HTMLElement>('.product')];
    cards.find(card => card.getBoundingClientRect().bottom > bottom)?.focus({ preventScroll: true });
  };

  /** In the visitor's language; the amounts of the first view came with the session. */
  money(amount: Money): string {
    const key = moneyWord(amount);
    const text = this.t(key);
    return text === key ? (this.steps?.money(this.language, amount) ?? '') : text;
  }

  /** Goes to a step; the focus goes with it, unless it is the page that begins. */
  go(step: Step, notice = '', focus = true): void {
    this.frame.classList.toggle('backwards', order.indexOf(step) < order.indexOf(this.step));
    if (focus) this.folded = false;
    // What kept the page in its place while an order was under way.
    if (this.step === 'done') this.style.minHeight = '';
    this.step = step;
    this.notice = notice;
    this.news = '';
    this.steps?.enter();
    this.requestUpdate();
    if (step !== 'grid' && !this.steps)
      this.load().then(steps =>
        steps ? this.go(step, notice, focus) : this.go('grid', this.t('problem.UNREACHABLE'), focus),
      );
    else if (focus) this.updateComplete.then(() => this.focusOn('h2'));
  }

  /** The card that led to a product has the focus again. */
  back(): void {
    const { card } = this;
    this.go(this.product ? 'product' : 'grid', '', !card);
    if (card) this.updateComplete.then(() => this.focusOn(`[data-id="${card.id}"]`));
  }

  /** Gives the focus to what a selector finds, with the beginning of its view in sight. */
  focusOn(selector: string): void {
    const target = this.frame.querySelector<HTMLElement>(selector);
    target?.focus({ preventScroll: selector === 'h2' });
    const view = this.frame.querySelector('section')!;
    if (selector === 'h2' && view.getBoundingClientRect().top < 0) view.scrollIntoView();
  }

  /** Tries once more; the button that was pressed for it goes with what went wrong. */
  again(retry: () => void): void {
    this.focusOn('h2');
    retry();
  }

  /** The steps are on their way since the pointer came; whoever is quicker sees their outline. */
  async load(): Promise<Steps | undefined> {
    const parts = await next();
    if (parts) this.steps ??= new parts.Steps(this);
    return this.steps;
  }

  show(product: string, focus = true, card?: Card): void {
    this.wanted = product;
    this.card = card;
    this.go('product', '', focus);
  }

  /** Other products than those that came with the page. */
  async browse(query: Query): Promise<void> {
    this.query = query;
    this.busy = true;
    this.requestUpdate();
    const steps = await this.load();
    if (steps) steps.browse();
    else {
      this.busy = false;
      this.notice = this.t('problem.UNREACHABLE');
      this.requestUpdate();
    }
  }

  /** False where the cart is full; then the notice says so. */
  put(product: string, name: string, variant: string, quantity = 1): boolean {
    const added = this.cart.add(variant, quantity);
    this.notice = added ? '' : this.t('problem.CART_FULL');
    this.news = added ? this.t('added', { name }) : '';
    if (added) this.emit('inlay:shop-added', { product, variant, quantity });
    this.requestUpdate();
    return added;
  }

  protected override content(): TemplateResult {
    const { t, step, cart, steps } = this;
    const { count } = cart;
    const view = step === 'grid' ? gridView(this) : steps ? steps.render() : this.skeleton();
    if (step !== 'grid' && step !== 'product') return html`${view}`;
    return html`<div class="bar">
        <span class="sr" role="status">${this.news}</span>
        <button class="bag" aria-label=${count ? t('cart.badge', { n: count }) : t('cart.badge.empty')} @pointerenter=${next} @focus=${next} @click=${() => this.go('cart')}>
          ${icon('', bag)}${count ? html`<span class="count">${count}</span>` : ''}
        </button>
      </div>
      ${view}`;
  }

  protected override skeleton(): TemplateResult {
    if (this.product)
      return html`<div class="two"><i class="bone picture"></i><div><i class="bone title"></i><i class="bone"></i></div></div>`;
    return html`<i class="bone title"></i><div class="products">${[1, 2, 3, 4].map(
      () => html`<div><i class="bone picture"></i><i class="bone"></i></div>`,
    )}</div>`;
  }
}
