/** Who gives it, how long, and what was chosen so far. */
import { html, type TemplateResult } from 'lit';
import { moment } from '../../kit/format.ts';
import type { InlayBooking, Step } from './booking-element.ts';

export const staffView = (el: InlayBooking): TemplateResult =>
  el.choices(
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
    el.steps!.open();
  };
  return durations[1]
    ? html`<div class="slots lengths" role="group" aria-label=${el.t('time.length')}>
        ${durations.map(
          length => html`<button class="slot" aria-pressed=${length === el.length} @click=${() => pick(length)}>
            ${el.t(el.lengthWord(length))}
          </button>`,
        )}
      </div>`
    : '';
};

/** Everything chosen stays in sight, each with its way back. */
export const chosenView = (el: InlayBooking): TemplateResult => {
  const { t, step, language: locale, people } = el;
  const { picker, checkout } = el.steps!;
  const { name, price } = el.chosen!;
  const { held } = checkout;
  const item = (text: string, about: unknown, to: Step | '') =>
    html`<li>
      <span class="main"><b>${text}</b> <small>${about}</small></span>
      ${to && html`<button class="link" aria-label="${t('change')}: ${text}" @click=${() => el.go(to)}>${t('change')}</button>`}
    </li>`;
  return html`<ul class="chosen">
    ${item(name, [t(el.lengthWord(el.length!)), price && t(el.moneyWord(price))].filter(Boolean).join(' · '), el.fixed ? '' : 'service')}
    ${step !== 'staff' && people[0] ? item((held?.staff ?? el.person)?.name ?? t('staff.any'), '', people[1] ? 'staff' : '') : ''}
    ${held && step === 'details' ? item(moment(locale, picker.zone, held.start), picker.zone.replaceAll('_', ' '), 'time') : ''}
  </ul>`;
};
