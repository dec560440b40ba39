/** A line of a cart or an order: its picture, what it is, what it costs. */
import { html, type TemplateResult } from 'lit';
import type { Words } from '../../kit/words.ts';
import type { Money, PricedLine } from './shop-types.ts';

/** What draws amounts in words. */
export interface Teller {
  readonly t: Words;
  /** BCP 47. */
  readonly language: string;
  money(amount: Money): string;
}

/** `tools` stand beneath: what can be done with it, or how many there are. */
export const lineView = (el: Teller, line: PricedLine, tools: unknown): TemplateResult => {
  const { image, name, options, quantity, unit, total, discount, left } = line;
  const about = [
    options,
    quantity > 1 && el.t('line.each', { price: el.money(unit) }),
    left && el.t('left', { n: left }),
  ];
  return html`<li class="line">
    <span class="thumb">${image && html`<img src=${image.url} width=${image.width} height=${image.height} alt="" loading="lazy" @error=${(event: Event) => (event.target as Element).remove()} />`}</span>
    <div class="what">
      <b>${name}</b>
      <small>${about.filter(Boolean).join(' · ')}</small>
      <div class="tools">${tools}</div>
    </div>
    <span class="cost">${discount.amount ? html`<s><span class="sr">${el.t('price.before')} </span>${el.money({ ...total, amount: total.amount + discount.amount })}</s> ` : ''}${el.money(total)}</span>
  </li>`;
};
