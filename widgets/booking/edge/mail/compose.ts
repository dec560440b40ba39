/** Puts a mail about a booking into the customer's words. */

import { html, languageFor, oneLine, type Page, plainText } from '../../../../schemas/mail/index.ts';
import { formatMoney } from '../../../../schemas/money/index.ts';
import { mailStrings } from '../../locales/mail.ts';
import type { Parts } from '../confirmation.ts';
import type { Booking } from '../context.ts';
import { clocksDiffer, dateIn, spanIn } from './when.ts';

export type MailKind = 'confirmed' | 'requested' | 'changed' | 'cancelled';

export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** `url` is the manage link, for a cancelled booking the page to book on. */
export const compose = (
  kind: MailKind,
  booking: Booking,
  parts: Parts,
  business: { readonly name: string; readonly zone: string },
  url: string,
): Composed => {
  const { start, end, zone, price } = booking;
  const { language, locale } = languageFor(mailStrings, booking.locale);
  const words = mailStrings[language];
  const known: Readonly<Record<string, string>> = {
    name: oneLine(booking.name),
    service: oneLine(parts.service),
    business: oneLine(business.name),
    date: dateIn(start, zone, locale),
  };
  const say = (pattern: string): string => pattern.replace(/\{(\w+)\}/g, (_, key: string) => known[key] ?? '');
  const rows: [string, string][] = [
    [words.service, oneLine(parts.service)],
    ...(parts.staff ? [[words.staff, oneLine(parts.staff)] as [string, string]] : []),
    [words.when, spanIn(start, end, zone, locale)],
  ];
  if (clocksDiffer(start, zone, business.zone)) rows.push([words.there, spanIn(start, end, business.zone, locale)]);
  if (price && kind !== 'cancelled') rows.push([words.price, formatMoney(price, locale)]);
  const page: Page = {
    language,
    title: say(words[kind].title),
    lead: say(words[kind].lead),
    rows,
    button: { label: kind === 'cancelled' ? words.again : words.manage, url },
    sender: oneLine(business.name),
  };
  return { subject: say(words[kind].subject), text: plainText(page), html: html(page) };
};
