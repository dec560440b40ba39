/** An order by its link: what is in it, how far it is, and cancelling it. */
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { money } from '../../kit/amounts.ts';
import { InlayElement } from '../../kit/base-element.ts';
import { icon } from '../../kit/icons.ts';
import { styles } from '../../kit/styles.ts';
import { lineView } from './line-view.ts';
import { orderStyles } from './order-styles.ts';
import type { Money, Order } from './shop-types.ts';
import { totalsStyles } from './totals-styles.ts';
import { totalsView } from './totals-view.ts';

/**
 * @tag inlay-shop-order
 * @event {CustomEvent<{id: string}>} inlay:shop-cancelled - It was cancelled.
 */
export class InlayShopOrder extends InlayElement {
  static override properties: PropertyDeclarations = { token: {} };
  static override styles = [...styles, totalsStyles, orderStyles];

  /** Token of the link; else what follows `#` in the page's address. */
  declare token?: string;

  order?: Order;
  asking = false;
  busy = false;
  notice = '';
  /** Good news after a change. */
  news = '';
  #token = '';

  protected override opened(): void {
    this.#token = this.token || location.hash.slice(1);
    this.#load();
  }

  async #load(): Promise<void> {
    const reply = await this.client!.call<Order>('view', { token: this.#token });
    this.notice = '';
    if (reply.ok) this.order = reply.value;
    else this.notice = reply.error.code === 'NOT_FOUND' ? this.t('order.missing') : this.explain(reply.error);
    this.requestUpdate();
  }

  /** What was pressed for it goes with what went wrong; what comes in its place is where the visitor goes on. */
  async #again(): Promise<void> {
    await this.#load();
    await this.updateComplete;
    this.frame.querySelector<HTMLElement>('h2, .plain')!.focus();
  }

  money(amount: Money): string {
    return money(this.language, amount);
  }

  #go(asking: boolean, notice = ''): void {
    this.frame.classList.toggle('backwards', !asking);
    this.asking = asking;
    this.notice = notice;
    this.requestUpdate();
    this.updateComplete.then(() => this.frame.querySelector<HTMLElement>('h2')?.focus());
  }

  async #cancel(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.requestUpdate();
    const reply = await this.client!.call<{ status: Order['status'] }>(
      'cancel',
      { token: this.#token },
      { write: true },
    );
    this.busy = false;
    if (!reply.ok) return this.#go(true, this.explain(reply.error));
    this.order = { ...this.order!, status: reply.value.status, canCancel: false };
    this.news = this.t('order.cancelled');
    this.emit('inlay:shop-cancelled', { id: this.order.id });
    this.#go(false);
  }

  protected override content(): TemplateResult {
    const { order, notice, t } = this;
    const alert = notice ? html`<p class="notice" role="alert">${notice}</p>` : '';
    if (!order)
      return notice
        ? html`${alert}<button class="plain" @click=${() => this.#again()}>${t('retry')}</button>`
        : this.skeleton();
    return this.asking ? this.#askView(order, alert) : this.#orderView(order, alert);
  }

  #orderView(order: Order, alert: unknown): TemplateResult {
    const { t, news } = this;
    const { number, placedAt, status, paymentStatus, fulfilmentStatus, lines, shipping, payment, tracking } = order;
    const placed = new Intl.DateTimeFormat(this.language, { dateStyle: 'long' }).format(Date.parse(placedAt));
    const facts = [
      ['order.placed', placed],
      ...(status === 'cancelled'
        ? [['order.status', t('status.cancelled')]]
        : [['order.delivery', t(`fulfilment.${shipping.kind}.${fulfilmentStatus}`)]]),
      ['order.payment', t(`payment.${paymentStatus}`)],
      ...(tracking
        ? [
            [
              'order.tracking',
              /^https:/.test(tracking) ? html`<a class="link" href=${tracking}>${t('order.track')}</a>` : tracking,
            ],
          ]
        : []),
    ] as const;
    return html`<section>
      <h2 tabindex="-1">${t('order.title', { number })}</h2>
      ${alert}
      ${news ? html`<p class="news" role="status">${icon('check')} ${news}</p>` : ''}
      <dl class="told">
        ${facts.map(([key, value]) => html`<div><dt>${t(key as string)}</dt><dd>${value}</dd></div>`)}
        ${
          payment.instructions && paymentStatus === 'awaiting' && status !== 'cancelled'
            ? html`<div><dt>${t('order.pay')}</dt><dd class="about">${payment.instructions}</dd></div>`
            : ''
        }
      </dl>
      <ul class="lines">${lines.map(line => lineView(this, line, html`<small>× ${line.quantity}</small>`))}</ul>
      ${totalsView(this, order)}
      ${order.canCancel ? html`<p class="acts"><button class="link" @click=${() => this.#go(true)}>${t('order.cancel')}</button></p>` : ''}
    </section>`;
  }

  #askView({ number }: Order, alert: unknown): TemplateResult {
    const { t } = this;
    return html`<section>
      <h2 tabindex="-1">${t('order.cancel.title')}</h2>
      ${alert}
      <p>${t('order.cancel.about', { number })}</p>
      <p class="acts">
        <button class="go danger" aria-busy=${this.busy} @click=${() => this.#cancel()}>${t('order.cancel')}</button>
        <button class="link" @click=${() => this.#go(false)}>${t('order.keep')}</button>
      </p>
    </section>`;
  }

  protected override skeleton(): TemplateResult {
    return html`<i class="bone title"></i>${[1, 2, 3].map(() => html`<i class="bone"></i>`)}`;
  }
}
