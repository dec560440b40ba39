/** One product: what is asked of the server for it, what the visitor has chosen of it, and putting it into the cart. */
import type { TemplateResult } from 'lit';
import { byAction, DataController } from '../../kit/controllers/data-controller.ts';
import { productView } from './product-view.ts';
import type { InlayShop } from './shop-element.ts';
import type { Product, Variant } from './shop-types.ts';

export class ProductPage {
  readonly host: InlayShop;
  readonly data: DataController<string, Product>;
  /** One value for each option. */
  values: readonly string[] = [];
  quantity = 1;
  /** Index of the picture that is shown large. */
  shown = 0;
  #open = '';

  constructor(host: InlayShop) {
    this.host = host;
    const ask = byAction<{ product: string }, Product>(() => host.client, 'product');
    this.data = new DataController(host, async (product, signal) => {
      const reply = await ask({ product }, signal);
      if (reply.ok && !signal.aborted) this.#begin(reply.value);
      return reply;
    });
  }

  /** The product that is wanted, once its reply is here. */
  get product(): Product | undefined {
    const { value } = this.data;
    const { wanted } = this.host;
    return value && (value.id === wanted || value.slug === wanted) ? value : undefined;
  }

  get variant(): Variant | undefined {
    return this.#find(this.values);
  }

  #find(values: readonly string[]): Variant | undefined {
    return this.product?.variants.find(variant => values.every((value, i) => variant.values[i] === value));
  }

  /** Asks again each time, since stock and prices move; what was chosen of the same product is kept. */
  open(): void {
    const { wanted } = this.host;
    if (this.#open !== wanted) this.values = [];
    this.#open = wanted;
    this.data.load(wanted);
  }

  #begin({ variants }: Product): void {
    const same = this.values[0] && variants.some(({ values }) => `${values}` === `${this.values}`);
    if (same) return;
    this.values = (variants.find(({ available }) => available) ?? variants[0])?.values ?? [];
    this.quantity = 1;
    this.shown = 0;
  }

  choose(option: number, value: string): void {
    this.values = this.values.map((before, i) => (i === option ? value : before));
    this.quantity = Math.min(this.quantity, this.variant?.left || 99);
    this.host.requestUpdate();
  }

  /** Whether something can be had with this value beside what else is chosen. */
  offers(option: number, value: string): boolean {
    return !!this.#find(this.values.map((before, i) => (i === option ? value : before)))?.available;
  }

  add(): void {
    const { product, variant } = this;
    if (product && variant?.available) this.host.put(product.id, product.name, variant.id, this.quantity);
  }

  render(): TemplateResult {
    return productView(this);
  }
}
