/** The sums of a cart or an order, and how the total came about. */
import { html, type TemplateResult } from 'lit';
import type { Teller } from './line-view.ts';
import type { Money, Quote, Tax } from './shop-types.ts';

export interface Sums {
  readonly subtotal: Money;
  readonly discount: Money;
  readonly tax: Tax;
  readonly total: Money;
  readonly code?: Quote['code'];
  readonly why?: Quote['why'];
  /** `name` and `chosen` are there once it is clear how it gets there. */
  readonly shipping: { readonly price: Money; readonly chosen?: string | null; readonly name?: string };
}

/** Apart from what is around it: from right to left a minus would be read behind its amount. */
const row = (name: unknown, value: unknown, kind = ''): TemplateResult =>
  html`<div class=${kind}><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`;

export const totalsView = (el: Teller, sums: Sums, busy = false): TemplateResult => {
  const { t } = el;
  const { subtotal, discount, shipping, tax, total, code, why } = sums;
  const { amount } = shipping.price;
  const taxes = tax.lines.map(({ rate, amount }) => ({
    rate: (+rate).toLocaleString(el.language),
    amount: el.money(amount),
  }));
  return html`<dl class="totals" aria-busy=${busy}>
      ${row(t('sum.subtotal'), el.money(subtotal))}
      ${discount.amount ? row(code?.label || t('sum.discount'), el.money({ ...discount, amount: -discount.amount })) : ''}
      ${row(
        shipping.name ?? t('sum.shipping'),
        shipping.chosen || shipping.name
          ? amount
            ? el.money(shipping.price)
            : t('free')
          : html`<span class="muted">${t('sum.later')}</span>`,
      )}
      ${tax.included ? '' : taxes.map(({ rate, amount }) => row(t('sum.tax', { rate }), amount))}
      ${row(t('sum.total'), el.money(total), 'total')}
    </dl>
    ${tax.included && tax.amount.amount ? html`<small class="taxed">${taxes.map(one => t('sum.included', one)).join(', ')}</small>` : ''}
    ${
      why?.[0]
        ? html`<details class="why">
            <summary>${t('sum.why')}</summary>
            <dl>${why.map(({ label, amount }) => row(label, el.money(amount)))}</dl>
          </details>`
        : ''
    }`;
};
