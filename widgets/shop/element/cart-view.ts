/** The cart: how many of what, a code, the total and why it is what it is. */
import { html, type TemplateResult } from 'lit';
import { icon } from '../../kit/icons.ts';
import { lineView } from './line-view.ts';
import type { InlayShop } from './shop-element.ts';
import type { CartLine } from './shop-types.ts';
import { stepper } from './stepper.ts';
import { totalsView } from './totals-view.ts';

/** What was taken out last, for whoever did not mean it. */
const removed = new WeakMap<InlayShop, { readonly line: CartLine; readonly at: number; readonly name: string }>();

const line = (el: InlayShop, wanted: CartLine): TemplateResult => {
  const { t, cart } = el;
  const { pricing } = el.steps!;
  const { variant, quantity } = wanted;
  const priced = pricing.line(variant);
  if (!priced) return html`<li class="line"><i class="bone thumb"></i><div><i class="bone"></i></div></li>`;
  const { name, left } = priced;
  const change = (count: number) => {
    removed.delete(el);
    pricing.corrected = [];
    cart.put(cart.lines.map(one => (one.variant === variant ? { variant, quantity: count } : one)));
    pricing.ask();
  };
  const remove = () => {
    const at = cart.lines.findIndex(one => one.variant === variant);
    removed.set(el, { line: wanted, at, name });
    pricing.corrected = [];
    cart.put(cart.lines.filter(one => one.variant !== variant));
    pricing.ask();
    el.updateComplete.then(() => el.focusOn('.undo'));
  };
  return lineView(
    el,
    priced,
    html`${stepper({ t, name, value: quantity, most: Math.max(quantity, left || 99), onChange: change })}
      <button class="link" aria-label=${t('cart.remove.name', { name })} @click=${remove}>${t('cart.remove')}</button>`,
  );
};

const undo = (el: InlayShop): TemplateResult | '' => {
  const last = removed.get(el);
  if (!last) return '';
  const back = () => {
    removed.delete(el);
    el.cart.put(el.cart.lines.toSpliced(last.at, 0, last.line));
    el.steps!.pricing.ask();
    el.updateComplete.then(() => el.focusOn('h2'));
  };
  return html`<p class="removed" role="status"><span id="removed">${el.t('cart.removed', { name: last.name })}</span> <button class="link undo" aria-describedby="removed" @click=${back}>${el.t('cart.undo')}</button></p>`;
};

const codeForm = (el: InlayShop): TemplateResult => {
  const { t } = el;
  const { pricing } = el.steps!;
  const code = pricing.quote?.code;
  const wrong = pricing.code && code?.problem;
  const apply = async (event: Event) => {
    event.preventDefault();
    pricing.code = (event.target as HTMLFormElement).querySelector('input')!.value.trim();
    pricing.ask();
    await pricing.settled();
    await el.updateComplete;
    // The form has given way to what was granted, if it was.
    el.focusOn('.code .link');
  };
  const drop = () => {
    pricing.code = '';
    pricing.ask();
    el.updateComplete.then(() => el.focusOn('.code summary'));
  };
  if (pricing.code && code && !wrong)
    return html`<p class="code">${icon('check')} <b>${code.code}</b> <span class="muted" id="granted">${code.label}</span>
      <button class="link" aria-label=${t('cart.remove.name', { name: code.code })} aria-describedby="granted" @click=${drop}>${t('cart.remove')}</button></p>`;
  return html`<details class="code" .open=${!!wrong}>
    <summary>${t('code.have')}</summary>
    <form novalidate @submit=${apply}>
      <label class="sr" for="code">${t('code')}</label>
      <input id="code" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-invalid=${!!wrong} aria-describedby="code-error" />
      <button class="plain">${t('code.apply')}</button>
      <p class="error" id="code-error" role="alert">${wrong ? t(`problem.${wrong}`) : ''}</p>
    </form>
  </details>`;
};

export const cartView = (el: InlayShop): TemplateResult => {
  const { t, cart, notice, busy } = el;
  const { pricing } = el.steps!;
  const { data, quote, corrected } = pricing;
  const wrong = notice || (data.error && el.explain(data.error));
  const goOn = html`<button class="link way" @click=${() => el.back()}>${icon('back')} ${t('cart.on')}</button>`;
  const alerts = html`${corrected[0] ? html`<div class="notice" role="alert">${corrected.map(text => html`<p>${text}</p>`)}</div>` : ''}
    ${wrong ? html`<p class="notice" role="alert">${wrong} ${data.error ? html`<button class="link" @click=${() => el.again(data.retry)}>${t('retry')}</button>` : ''}</p>` : ''}`;
  if (!cart.lines[0])
    return html`<section>
      <h2 tabindex="-1">${t('cart.title')}</h2>
      ${alerts}${undo(el)}
      <p>${t('cart.empty')}</p>
      <p class="acts"><button class="plain" @click=${() => el.back()}>${t('cart.on')}</button></p>
    </section>`;
  return html`<section class="basket" @pointerenter=${el.steps!.toCheckout} @focusin=${el.steps!.toCheckout}>
    ${goOn}
    <h2 tabindex="-1">${t('cart.title')}</h2>
    ${alerts}
    <div class="sides">
      <div>
        <ul class="lines">${cart.lines.map(one => line(el, one))}</ul>
        ${undo(el)}
      </div>
      <div class="sum">
        ${codeForm(el)}
        ${quote ? totalsView(el, quote, data.loading) : html`<i class="bone"></i><i class="bone"></i>`}
        <button class="go wide" aria-busy=${busy} ?disabled=${!quote} @click=${() => el.steps!.order()}>${t('cart.order')}</button>
      </div>
    </div>
  </section>`;
};
