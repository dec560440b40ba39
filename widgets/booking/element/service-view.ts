/** The first view: the services with their lengths and prices. */
import { html, type TemplateResult } from 'lit';
import { lengthWord } from '../../../schemas/protocol/length-word.ts';
import { moneyWord } from '../../../schemas/protocol/money-word.ts';
import { part } from '../../kit/part.ts';
import type { InlayBooking } from './booking-element.ts';
import { choiceList } from './choice-list.ts';

/** Fetches all that follows the choice; nothing where it cannot be had. */
export const next = () => part(() => import('./next.ts')).catch(() => {});

export const serviceView = (el: InlayBooking): TemplateResult => {
  const { t, fixed, catalogue, notice } = el;
  return choiceList(
    t('service.title'),
    (fixed ? [fixed] : catalogue.services).map(service => ({
      name: service.name,
      about: service.description,
      aside: html`<span class="aside">
        ${service.price && t(moneyWord(service.price))}
        <small>${service.durations.map(length => t(lengthWord(length))).join(' / ')}</small>
      </span>`,
      onPick: () => el.choose(service),
    })),
    notice,
    next,
  );
};
