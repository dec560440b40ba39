/** The one form of an order, beside what is in it. */
import { html, type TemplateResult } from 'lit';
import { type Field, field } from '../../kit/field.ts';
import { icon } from '../../kit/icons.ts';
import type { Checkout } from './checkout.ts';
import { lineView } from './line-view.ts';
import { totalsView } from './totals-view.ts';

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly about?: string | null | undefined;
  readonly aside?: string;
}

/** One of several, each with what it costs. */
const radios = (
  name: string,
  title: string,
  choices: readonly Choice[],
  chosen: string | null | undefined,
  onPick: (id: string) => void,
): TemplateResult =>
  html`<fieldset class="ways">
    <legend>${title}</legend>
    ${choices.map(
      ({ id, name: words, about, aside }) => html`<label class="way">
        <input type="radio" name=${name} value=${id} .checked=${id === chosen} @change=${() => onPick(id)} />
        <span class="what"><b>${words}</b>${about ? html`<small>${about}</small>` : ''}</span>
        <span class="cost">${aside}</span>
      </label>`,
    )}
  </fieldset>`;

const changed = ({ changes, host }: Checkout): TemplateResult | '' =>
  changes[0]
    ? html`<ul>
        ${changes.map(([what, before, after]) => html`<li>${what}: <s>${host.money(before)}</s> <b>${host.money(after)}</b></li>`)}
      </ul>`
    : '';

const addressOf = (checkout: Checkout): unknown => {
  if (checkout.host.steps!.pricing.kind !== 'ship') return '';
  if (checkout.address) return checkout.address;
  checkout.wantAddress();
  return html`<i class="bone"></i><i class="bone"></i><i class="bone"></i>`;
};

const problemsOf = (checkout: Checkout, form: HTMLFormElement): Record<string, string> => {
  const { t } = checkout.host;
  const found: Record<string, string> = {};
  for (const input of form.elements as unknown as Iterable<HTMLInputElement>) {
    if (!input.name || input.type === 'radio' || !input.checkValidity) continue;
    if (!input.checkValidity() || (input.required && !(input as { value: unknown }).value?.toString().trim()))
      found[input.name] = t(`problem.${input.name}`);
  }
  return found;
};

const summary = ({ host, quote }: Checkout): TemplateResult => {
  const { pricing } = host.steps!;
  return html`<ul class="lines small">
      ${quote.lines.map(line => lineView(host, line, html`<small>× ${line.quantity}</small>`))}
    </ul>
    ${totalsView(host, quote, pricing.data.loading)}`;
};

export const checkoutView = (checkout: Checkout): TemplateResult => {
  const { host, details, errors, busy, quote, way, pays } = checkout;
  const { t, notice } = host;
  const { data } = host.steps!.pricing;
  // A price that could not be had is asked for again by whoever orders.
  const priced = way || data.error || busy;
  const onInput = (name: string, value: string) => {
    details[name] = value;
    if (errors[name]) host.requestUpdate();
    delete errors[name];
  };
  const submit = (event: Event) => {
    event.preventDefault();
    checkout.errors = problemsOf(checkout, event.target as HTMLFormElement);
    const unwritten = host.steps!.pricing.kind === 'ship' && !checkout.address;
    if (unwritten) host.notice = t('problem.UNREACHABLE');
    if (Object.keys(checkout.errors).length || unwritten || !priced) checkout.showErrors();
    else checkout.place();
  };
  const input = (name: string, options: Partial<Field> = {}) =>
    field({
      name,
      label: t(`checkout.${name}`),
      value: details[name]!,
      error: errors[name],
      optional: t('checkout.optional'),
      onInput,
      ...options,
    });
  const wrong = notice || (data.error && host.explain(data.error));
  const { options } = quote.shipping;
  const ways = options.map(({ id, name, note, price }) => ({
    id,
    name,
    about: note,
    aside: price.amount ? host.money(price) : t('free'),
  }));
  return html`<section class="basket">
    <button class="link way" @click=${() => host.go('cart')}>${icon('back')} ${t('cart.title')}</button>
    <h2 tabindex="-1">${t('checkout.title')}</h2>
    <form class="sides" novalidate @submit=${submit}>
      <div class="fields">
        ${input('email', { required: true, autocomplete: 'email', type: 'email' })}
        ${input('name', { required: true, autocomplete: 'name' })}
        ${input('phone', { autocomplete: 'tel', type: 'tel' })}
        ${radios('shipping', t('sum.shipping'), ways, way?.id, id => checkout.ship(options.find(one => one.id === id)!))}
        ${priced || data.loading ? '' : html`<p class="notice" role="status">${t('checkout.nowhere')}</p>`}
        ${addressOf(checkout)}
        ${radios('payment', t('checkout.payment'), quote.payments, pays, id => {
          checkout.payment = id;
        })}
        ${input('note', { type: 'area' })}
      </div>
      <div class="sum">
        ${summary(checkout)}
        ${wrong || checkout.changes[0] ? html`<div class="notice" role="alert">${wrong}${changed(checkout)}</div>` : ''}
        <button class="go wide" aria-busy=${busy || data.loading} ?disabled=${!priced}>${t('checkout.place', { total: host.money(quote.total) })}</button>
      </div>
    </form>
  </section>`;
};
