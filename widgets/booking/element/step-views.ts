/** The first steps of a booking, and what was chosen so far. */
import { html, type TemplateResult } from 'lit';
import { minutes, moment, money } from '../../kit/format.ts';
import { icon } from '../../kit/icons.ts';
import type { InlayBooking, Step } from './booking-element.ts';

interface Row {
  readonly name: string;
  readonly about?: string | null | undefined;
  readonly aside?: unknown;
  onPick(): void;
}

const list = (title: string, rows: readonly Row[]) =>
  html`<section>
    <h2 tabindex="-1">${title}</h2>
    <ul class="rows">
      ${rows.map(
        ({ name, about, aside, onPick }) => html`<li>
          <button class="row" @click=${onPick}>
            <span class="main"><b>${name}</b><small>${about}</small></span>
            ${aside}${icon('next')}
          </button>
        </li>`,
      )}
    </ul>
  </section>`;

export const serviceView = (el: InlayBooking): TemplateResult => {
  const locale = el.language;
  return list(
    el.t('service.title'),
    el.catalogue.services.map(service => ({
      name: service.name,
      about: service.description,
      aside: html`<span class="aside">
        ${service.price && money(locale, service.price)}
        <small>${service.durations.map(length => minutes(locale, length)).join(' / ')}</small>
      </span>`,
      onPick: () => el.choose(service),
    })),
  );
};

export const staffView = (el: InlayBooking): TemplateResult =>
  list(
    el.t('staff.title'),
    [undefined, ...el.people].map(person => ({
      name: person ? person.name : el.t('staff.any'),
      about: person ? person.title : el.t('staff.any.about'),
      onPick: () => {
        el.person = person;
        el.go('time');
      },
    })),
  );

export const lengthsView = (el: InlayBooking): TemplateResult | '' => {
  const { durations } = el.chosen!;
  const pick = (length: number) => {
    el.length = length;
    el.picker.open(el.query);
  };
  return durations[1]
    ? html`<div class="slots lengths" role="group" aria-label=${el.t('time.length')}>
        ${durations.map(
          length => html`<button class="slot" aria-pressed=${length === el.length} @click=${() => pick(length)}>
            ${minutes(el.language, length)}
          </button>`,
        )}
      </div>`
    : '';
};

/** Everything chosen stays in sight, each with its way back. */
export const chosenView = (el: InlayBooking): TemplateResult => {
  const { t, step, language: locale, picker, people } = el;
  const { name, price } = el.chosen!;
  const held = el.checkout?.held;
  const item = (text: string, about: unknown, to: Step | '') =>
    html`<li>
      <span class="main"><b>${text}</b> <small>${about}</small></span>
      ${to && html`<button class="link" aria-label="${t('change')}: ${text}" @click=${() => el.go(to)}>${t('change')}</button>`}
    </li>`;
  return html`<ul class="chosen">
    ${item(name, [minutes(locale, el.length!), price && money(locale, price)].filter(Boolean).join(' · '), el.fixed ? '' : 'service')}
    ${step !== 'staff' && people[0] ? item((held?.staff ?? el.person)?.name ?? t('staff.any'), '', people[1] ? 'staff' : '') : ''}
    ${held && step === 'details' ? item(moment(locale, picker.zone, held.start), picker.zone.replaceAll('_', ' '), 'time') : ''}
  </ul>`;
};
