/** Who comes: a name, an e-mail, perhaps a phone number and a note. */

import { html, type TemplateResult } from 'lit';
import { type Field, field } from '../../kit/field.ts';
import { moment } from '../../kit/format.ts';
import { pageNow } from '../../kit/page-clock.ts';
import type { Checkout } from './checkout.ts';

export const detailsView = (checkout: Checkout): TemplateResult => {
  const { details, errors, busy, host, held } = checkout;
  const { t, notice } = host;
  const { phone } = host.catalogue;
  const onInput = (name: string, value: string) => {
    checkout.used = pageNow();
    details[name] = value;
    if (errors[name]) host.requestUpdate();
    delete errors[name];
  };
  const submit = (event: Event) => {
    event.preventDefault();
    checkout.errors = {};
    for (const input of (event.target as HTMLFormElement).elements as unknown as Iterable<HTMLInputElement>)
      if (input.name && (!input.validity.valid || (input.required && !input.value.trim())))
        checkout.errors[input.name] = t(`problem.${input.name}`);
    if (Object.keys(checkout.errors).length) checkout.showErrors();
    else checkout.confirm();
  };
  const input = (name: string, options: Partial<Field> = {}) =>
    field({
      name,
      label: t(`details.${name}`),
      value: details[name]!,
      error: errors[name],
      optional: t('details.optional'),
      onInput,
      ...options,
    });
  return html`<section>
    <h2 tabindex="-1">${t('details.title')}</h2>
    <form novalidate @submit=${submit}>
      ${input('name', { required: true, autocomplete: 'name' })}
      ${input('email', { required: true, autocomplete: 'email', type: 'email' })}
      ${phone === 'off' ? '' : input('phone', { required: phone === 'required', autocomplete: 'tel', type: 'tel' })}
      ${input('note', { type: 'area' })}
      ${notice ? html`<p class="notice" role="alert">${notice}</p>` : ''}
      <button class="go" aria-busy=${busy} aria-disabled=${busy}>
        ${t('details.book', { when: moment(host.language, host.steps!.picker.zone, held!.start) })}
      </button>
      <small class="number">${t('details.held', { left: checkout.left })}</small>
    </form>
  </section>`;
};
