/** What follows the grid: other products, one product, the cart, and the way to the checkout. */
import { html, type TemplateResult } from 'lit';
import { money } from '../../kit/amounts.ts';
import { part } from '../../kit/part.ts';
import { cartStyles } from './cart-styles.ts';
import { cartView } from './cart-view.ts';
import type { Checkout } from './checkout.ts';
import { Pricing } from './pricing.ts';
import { ProductPage } from './product-page.ts';
import { productStyles } from './product-styles.ts';
import { Shelf } from './shelf.ts';
import type { InlayShop } from './shop-element.ts';
import { totalsStyles } from './totals-styles.ts';

/** Fetches what takes an order; nothing where it cannot be had. */
const toCheckout = () => part(() => import('./checkout.ts')).catch(() => {});

export class Steps {
  readonly money = money;
  readonly toCheckout = toCheckout;
  readonly pricing: Pricing;
  readonly page: ProductPage;
  checkout?: Checkout;
  readonly #host: InlayShop;
  readonly #shelf: Shelf;

  constructor(host: InlayShop) {
    this.#host = host;
    this.dress(productStyles, cartStyles, totalsStyles);
    this.pricing = new Pricing(host);
    this.page = new ProductPage(host);
    this.#shelf = new Shelf(host);
    host.cart.onFollow = () => this.enter();
  }

  /** Adds looks that the views so far did without. */
  dress(...styles: readonly { readonly styleSheet?: CSSStyleSheet | undefined }[]): void {
    for (const { styleSheet } of styles) this.#host.shadowRoot!.adoptedStyleSheets.push(styleSheet!);
  }

  browse(): void {
    this.#shelf.load();
  }

  /** A step has begun, or its cart has changed: what it shows is asked for. */
  enter(): void {
    const { step, cart } = this.#host;
    if (step === 'product') this.page.open();
    if (step === 'checkout' && !cart.lines[0]) this.#host.step = 'cart';
    if (step === 'cart' || step === 'checkout') this.pricing.ask();
  }

  /** The form comes in a file of its own; until it is there the cart stays. */
  async order(): Promise<void> {
    const host = this.#host;
    const { quote } = this.pricing;
    host.busy = true;
    host.requestUpdate();
    const parts = await toCheckout();
    host.busy = false;
    if (!parts) return host.go('cart', host.t('problem.UNREACHABLE'));
    this.pricing.corrected = [];
    // One that was refused would be refused again by the order.
    if (quote!.code?.problem) this.pricing.code = '';
    this.checkout ??= new parts.Checkout(host);
    host.emit('inlay:shop-checkout', { total: quote!.total });
    host.go('checkout');
    this.checkout.open();
  }

  render(): TemplateResult {
    const host = this.#host;
    if (host.step === 'product') return this.page.render();
    if (host.step === 'cart') return cartView(host);
    return html`${this.checkout!.render()}`;
  }
}
