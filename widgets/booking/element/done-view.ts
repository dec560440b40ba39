/** Quiet and complete: what, when, where, to the calendar, change. */
import { html, type TemplateResult } from 'lit';
import { moment, time } from '../../kit/format.ts';
import { icon } from '../../kit/icons.ts';
import type { Checkout } from './checkout.ts';

/** Hands the calendar entry over as a file, with no address that a page's policy could refuse. */
const save = (ics: string) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([ics], { type: 'text/calendar' }));
  link.download = 'booking.ics';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 9999);
};

export const doneView = ({ host, details, result }: Checkout): TemplateResult => {
  const { t, language: locale } = host;
  const { picker } = host.steps!;
  const { status, service, staff, start, end, manageUrl, ics } = result!;
  const facts = [
    ['done.what', service.name + (staff?.name ? ` · ${staff.name}` : '')],
    ['done.when', `${moment(locale, picker.zone, start)} – ${time(locale, picker.zone, end)}`],
    ['done.where', host.catalogue.business.name],
  ];
  return html`<section>
    <h2 tabindex="-1">${icon('check')} ${t(`done.${status}`)}</h2>
    <p>${t(`done.${status}.about`, { email: details['email']! })}</p>
    <dl>
      ${facts.map(([key, value]) => html`<div><dt>${t(key!)}</dt><dd>${value}</dd></div>`)}
    </dl>
    <p class="acts">
      <button class="plain" @click=${() => save(ics)}>${t('done.calendar')}</button>
      <a class="link" href=${manageUrl}>${t('done.change')}</a>
    </p>
  </section>`;
};
