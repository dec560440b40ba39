/** Quiet and complete: the number, what to pay and how, where to look later. */
import { html, type TemplateResult } from 'lit';
import { icon } from '../../kit/icons.ts';
import type { Checkout } from './checkout.ts';

export const doneView = ({ host, details, result }: Checkout): TemplateResult => {
  const { t } = host;
  const { number, total, payment, url } = result!;
  return html`<section>
    <h2 tabindex="-1">${icon('check')} ${t('done.title')}</h2>
    <p>${t('done.about', { email: details['email']! })}</p>
    <dl class="told">
      <div><dt>${t('done.number')}</dt><dd>${number}</dd></div>
      <div><dt>${t('sum.total')}</dt><dd>${host.money(total)}</dd></div>
      ${payment.instructions ? html`<div><dt>${t('checkout.payment')}</dt><dd class="about">${payment.instructions}</dd></div>` : ''}
    </dl>
    <p class="acts">
      <a class="link" href=${url}>${t('done.look')}</a>
      <button class="link" @click=${() => host.back()}>${t('cart.on')}</button>
    </p>
  </section>`;
};
