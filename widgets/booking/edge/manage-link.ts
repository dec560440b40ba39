/** Manage links: the token is the key, only its hash is stored, and a new one replaces the last (BK-17). */
import type { RowOf } from '../../../schemas/module/index.ts';
import type { Booking, BookingContext, BookingModule } from './context.ts';

export type Link = RowOf<BookingModule, 'link'>;

/** Which link: one for each change of time. */
export type LinkOf = Pick<Booking, 'id' | 'sequence'>;

/** Where the customer booked, and in which language. */
export type PageOf = Pick<Booking, 'site' | 'locale'>;

/** 128 bits as base64url; the same booking and sequence give the same token. */
export const manageToken = (ctx: BookingContext, { id, sequence }: LinkOf): Promise<string> =>
  ctx.secret('manage', id, String(sequence));

/** The token is a fragment, so that it reaches neither servers' logs nor Referer headers. */
export const manageUrl = (ctx: BookingContext, { site, locale }: PageOf, token: string): string =>
  `${ctx.pageUrl('booking-manage', { site, locale })}#${token}`;

/** Makes the booking's link valid. */
export const issueLink = async (ctx: BookingContext, booking: LinkOf): Promise<string> => {
  const token = await manageToken(ctx, booking);
  ctx.asSystem().link.create({ booking: booking.id, hash: await ctx.hash(token) });
  return token;
};

/** Throws UNKNOWN_LINK. */
export const findLink = async (ctx: BookingContext, token: string): Promise<Link> =>
  (await ctx.asSystem().link.first({ hash: { eq: await ctx.hash(token) } })) ?? ctx.fail('UNKNOWN_LINK');

/** Lets the newest link alone change anything, also where it is replaced before the commit. Throws LINK_REPLACED. */
export const requireNewest = (ctx: BookingContext, { id, current }: Link): void => {
  if (!current) ctx.fail('LINK_REPLACED');
  ctx.asSystem().link.expectNone({ id: { eq: id }, current: { eq: false } }, 'LINK_REPLACED');
};
