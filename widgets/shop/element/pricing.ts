/** What the cart costs: asked of the server whenever it changes, and the cart corrected where something is gone. */
import { byAction, DataController } from '../../kit/controllers/data-controller.ts';
import type { InlayShop } from './shop-element.ts';
import type { CartLine, PricedLine, Quote, ShippingOption } from './shop-types.ts';

interface Asked {
  readonly lines: readonly CartLine[];
  readonly code?: string;
  readonly shipping?: string;
  readonly country?: string;
}

export class Pricing {
  /** As the visitor typed it. */
  code = '';
  /** Id of the way of delivery; that of the server without. */
  shipping = '';
  /** Whether it is to be sent, once that is decided: a country that nothing is sent to is no wish to pick it up. */
  kind?: ShippingOption['kind'];
  /** ISO 3166-1 of where it goes. */
  country = '';
  /** What was corrected, as sentences. */
  corrected: string[] = [];
  readonly data: DataController<Asked, Quote>;
  #asked?: Promise<void>;
  /** What was asked is not what is wanted any more. */
  #again = false;
  readonly #host: InlayShop;

  constructor(host: InlayShop) {
    this.#host = host;
    const ask = byAction<Asked, Quote>(() => host.client, 'price');
    this.data = new DataController(host, async (input, signal) => {
      const reply = await ask(input, signal);
      if (reply.ok && !signal.aborted) this.#correct(reply.value);
      return reply;
    });
  }

  get quote(): Quote | undefined {
    return this.data.value;
  }

  /** Of a variant in the last reply. */
  line(variant: string): PricedLine | undefined {
    return this.quote?.lines.find(line => line.variant === variant);
  }

  /** Asks for the price of what is wanted now. */
  ask(): void {
    const { code, shipping, country } = this;
    const { lines } = this.#host.cart;
    if (!lines[0]) {
      this.data.abort();
      return;
    }
    const input = { lines, ...(code && { code }), ...(shipping && { shipping }), ...(country && { country }) };
    this.#asked = this.#load(input);
  }

  async #load(input: Asked): Promise<void> {
    this.#again = false;
    await this.data.load(input);
    if (this.#again) this.ask();
  }

  /** Waits until nothing is asked any more; nothing where the last reply was an error. */
  async settled(): Promise<Quote | undefined> {
    for (let asked: unknown; asked !== this.#asked; ) {
      asked = this.#asked;
      await asked;
    }
    return this.data.error ? undefined : this.quote;
  }

  /** Takes out or lessens what cannot be had, says so, and asks again. */
  #correct({ lines, shipping }: Quote): void {
    const host = this.#host;
    const { cart, t } = host;
    const short = lines.filter(({ problem }) => problem);
    const { options } = shipping;
    if (this.kind && options.find(({ id }) => id === shipping.chosen)?.kind !== this.kind) {
      const other = options.find(({ kind }) => kind === this.kind)?.id ?? '';
      this.#again = !!other && other !== this.shipping;
      this.shipping = other;
    }
    if (!short[0]) return;
    const sentences = short.map(({ variant, name, left, problem }) => {
      // What is not offered has no name any more but the one that it had before.
      const known = name || this.line(variant)?.name;
      if (!known) return t('problem.NOT_OFFERED');
      return problem === 'OUT_OF_STOCK' && left
        ? t('cart.fewer', { name: known, n: left })
        : t('cart.gone', { name: known });
    });
    this.corrected = [...new Set(sentences)];
    const now = cart.lines.flatMap(line => {
      const found = short.find(({ variant }) => variant === line.variant);
      if (!found) return [line];
      const { left, problem } = found;
      return problem === 'OUT_OF_STOCK' && left && left < line.quantity ? [{ ...line, quantity: left }] : [];
    });
    const within = host.shadowRoot!.activeElement;
    const at = [...host.frame.querySelectorAll('.line')].findIndex(line => line.contains(within));
    const other = at >= 0 && cart.lines[at]?.variant !== now[at]?.variant;
    cart.put(now);
    this.#again = true;
    // Whoever stood on a line that went, or moved up, goes on where it says so, and not on the next one.
    if (within)
      host.updateComplete.then(() => {
        if (other || !host.shadowRoot!.activeElement) host.focusOn('h2');
      });
  }
}
