/** Who books: what they typed, made fit for records, mails and calendar files. */
import { oneLine } from '../../../schemas/mail/index.ts';
import type { BookingContext, BookingDraft } from './context.ts';

export interface Who {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | null;
  readonly note?: string | null;
  readonly zone?: string | null;
  readonly locale?: string | null;
}

export type Customer = Required<Pick<BookingDraft, 'name' | 'email' | 'phone' | 'note' | 'zone' | 'locale'>>;

/** Throws PHONE_REQUIRED. */
export const customerOf = (ctx: BookingContext, who: Who): Customer => {
  const asked = ctx.settings.phone;
  if (asked === 'required' && !who.phone) {
    ctx.fail('PHONE_REQUIRED', { errors: [{ pointer: '/phone', code: 'REQUIRED', message: 'This is needed' }] });
  }
  return {
    name: oneLine(who.name),
    email: who.email,
    phone: asked === 'off' ? null : who.phone || null,
    note: who.note || null,
    zone: who.zone ?? ctx.client.zone,
    locale: who.locale ?? ctx.site?.locale ?? 'en',
  };
};

/** The one person record of this customer in the business. */
export const identify = async (ctx: BookingContext, { name, email, phone, zone, locale }: Customer): Promise<string> =>
  (await ctx.call<{ person: string }>('party', 'identify', { name, email, phone, zone, locale })).person;
