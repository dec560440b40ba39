/** Takes an order: who it is for, where it goes, how it is paid; and what is said once it is placed. */
import type { TemplateResult } from 'lit';
import type { ClientError } from '../../../embed-sdk/types.ts';
import type { AddressControl } from '../../kit/controls/address-control.ts';
import { part } from '../../kit/part.ts';
import { prefilled } from '../../kit/prefill.ts';
import { checkoutStyles } from './checkout-styles.ts';
import { checkoutView } from './checkout-view.ts';
import { doneView } from './done-view.ts';
import type { InlayShop } from './shop-element.ts';
import type { Money, Placed, Quote, ShippingOption } from './shop-types.ts';

const names = ['name', 'email', 'phone', 'note'] as const;

export class Checkout {
  readonly host: InlayShop;
  details: Record<string, string> = {};
  errors: Record<string, string> = {};
  busy = false;
  /** Id of the way to pay. */
  payment = '';
  /** The one that is drawn by the kit, once something is to be sent. */
  address?: AddressControl;
  result?: Placed;
  /** What became dearer or cheaper since the visitor saw it: in words, before, after. */
  changes: readonly (readonly [what: string, before: Money, after: Money])[] = [];
  /** What the page gave last. */
  readonly #given: Record<string, string> = {};

  constructor(host: InlayShop) {
    this.host = host;
    host.steps!.dress(checkoutStyles);
    this.hostUpdate();
    host.addController(this);
  }

  /** What the page gives, however late, is in the fields that the visitor has not touched. */
  hostUpdate(): void {
    for (const name of names) {
      const given = prefilled(this.host, name);
      if (this.details[name] === this.#given[name]) this.details[name] = given;
      this.#given[name] = given;
    }
  }

  get quote(): Quote {
    return this.host.steps!.pricing.quote!;
  }

  /** The way it gets there; none where nothing is sent to the country of the address. */
  get way(): ShippingOption | undefined {
    const { options, chosen } = this.quote.shipping;
    const wanted = this.host.steps!.pricing.kind;
    return options.find(({ id, kind }) => id === chosen && (!wanted || kind === wanted));
  }

  /** Id of the way to pay that is chosen, or the first. */
  get pays(): string | undefined {
    const { payments } = this.quote;
    return (payments.find(({ id }) => id === this.payment) ?? payments[0])?.id;
  }

  /** Begins with the first way there is, so that the total is one that can be paid. */
  open(): void {
    const first = this.way ?? this.quote.shipping.options[0];
    if (first) this.ship(first);
  }

  ship({ id, kind }: ShippingOption): void {
    const { pricing } = this.host.steps!;
    pricing.shipping = id;
    pricing.kind = kind;
    this.#forget();
    pricing.ask();
  }

  /** What was wrong with an order that is another one now. */
  #forget(): void {
    this.errors = {};
    this.changes = [];
    this.host.notice = '';
  }

  /** The kit's control comes once something is to be sent; it knows how addresses are written where it goes. */
  async wantAddress(): Promise<void> {
    const { host } = this;
    const loaded = await part(() => import('../../kit/controls/inlaykit-address.ts')).catch(() => {});
    if (!loaded || this.address) return;
    const control = document.createElement('inlaykit-address') as AddressControl;
    // What the browser is set to says more of where a visitor lives than the language of the page.
    const country = new Intl.Locale(navigator.language).region ?? null;
    const label = host.t('checkout.address');
    Object.assign(control, { name: 'address', required: true, section: 'shipping', label, country });
    control.addEventListener('change', () => this.#follow());
    this.address = control;
    host.requestUpdate();
  }

  /** What it costs depends on where it goes. */
  #follow(): void {
    const { pricing } = this.host.steps!;
    const country = this.address?.value?.country ?? '';
    if (country === pricing.country || pricing.kind !== 'ship') return;
    pricing.country = country;
    this.#forget();
    pricing.ask();
  }

  async place(): Promise<void> {
    const { host, details } = this;
    const seen = this.quote;
    if (this.busy) return;
    this.busy = true;
    this.#forget();
    host.requestUpdate();
    this.#follow();
    const { pricing } = host.steps!;
    if (pricing.data.error) pricing.ask();
    const quote = await pricing.settled();
    const { way, pays } = this;
    if (pricing.corrected[0]) {
      this.busy = false;
      return host.go('cart');
    }
    if (!quote || !way || quote.total.amount !== seen.total.amount) {
      this.busy = false;
      if (quote && way) return this.#fail({ code: 'PRICE_CHANGED', message: '' }, seen);
      return host.requestUpdate();
    }
    const { name, email, phone, note } = details;
    const { code, country } = pricing;
    const input = {
      lines: host.cart.lines,
      ...(code && { code }),
      ...(country && { country }),
      shipping: way.id,
      payment: pays,
      version: quote.version,
      name,
      email,
      ...(phone && { phone }),
      ...(way.kind === 'ship' && { address: this.address!.value }),
      ...(note && { note }),
      locale: host.language,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    const reply = await host.client!.call<Placed>('order', input, { write: true });
    this.busy = false;
    if (!reply.ok) return this.#fail(reply.error, quote);
    // What follows on the page stays where it is, however long the reply took.
    host.style.minHeight = `${host.offsetHeight}px`;
    this.result = reply.value;
    const { id, number, total } = reply.value;
    host.cart.put([]);
    host.steps!.pricing.code = '';
    host.emit('inlay:shop-ordered', { id, number, total });
    host.go('done');
  }

  async #fail(error: ClientError, before: Quote): Promise<void> {
    const { host } = this;
    const { pricing } = host.steps!;
    const { code } = error;
    if (code === 'EMPTY_CART') return host.go('cart');
    // What the server knows better is asked for: it corrects lines, and says what is wrong with a code.
    if (/^(PRICE_|OUT_OF|CODE_|UNKNOWN_)/.test(code)) {
      if (code === 'UNKNOWN_SHIPPING') pricing.shipping = '';
      pricing.ask();
      await pricing.settled();
      if (code === 'PRICE_CHANGED') this.changes = this.#changes(before);
      if (code !== 'PRICE_CHANGED' && code !== 'UNKNOWN_SHIPPING') return host.go('cart', host.explain(error));
    }
    for (const { pointer, message } of error.errors ?? []) {
      const name = pointer.split('/')[1]!;
      if (name in this.details || name === 'address') this.errors[name] = message || host.t(`problem.${name}`);
    }
    if (code === 'ADDRESS_REQUIRED') this.errors['address'] ??= host.explain(error);
    if (this.address) this.address.error = this.errors['address'] ?? '';
    if (!Object.keys(this.errors).length) host.notice = host.explain(error);
    this.showErrors();
  }

  /** Line by line where their price moved, and always the total. */
  #changes(before: Quote): Checkout['changes'] {
    const { quote, host } = this;
    const lines = quote.lines.flatMap(({ variant, name, unit }) => {
      const old = before.lines.find(line => line.variant === variant);
      return old && old.unit.amount !== unit.amount ? [[name, old.unit, unit] as const] : [];
    });
    const sums = (['discount', 'shipping', 'total'] as const).map(name => {
      const of = (one: Quote) => (name === 'shipping' ? one.shipping.price : one[name]);
      return [host.t(`sum.${name}`), of(before), of(quote)] as const;
    });
    return [...lines, ...sums].filter(([, old, now]) => old.amount !== now.amount);
  }

  /** The first field with an error gets the focus, and its error is spoken. */
  showErrors(): void {
    const { host } = this;
    host.requestUpdate();
    host.updateComplete.then(() => {
      const form = host.frame.querySelector('form');
      const wrong = [...(form?.elements ?? [])].find(field => this.errors[(field as HTMLInputElement).name]);
      // A way that is gone leaves nothing to press: another one is to be chosen.
      const stuck = form?.querySelector('.go:disabled') && form.querySelector('[type=radio]');
      ((wrong ?? stuck) as HTMLElement | null | undefined)?.focus();
    });
  }

  render(): TemplateResult {
    return this.host.step === 'done' ? doneView(this) : checkoutView(this);
  }
}
