/** Mails to the customer, one for each published change. An event that a later change has overtaken sends nothing. */

import { oneLine } from '../../../../schemas/mail/index.ts';
import type { EventContext, EventHandler } from '../../../../schemas/module/index.ts';
import { loadDirectory } from '../calendar.ts';
import type { Booking, BookingModule } from '../context.ts';
import { manageToken, manageUrl } from '../manage-link.ts';
import { compose, type MailKind } from './compose.ts';
import { inviteOf } from './invite.ts';

interface Payload {
  readonly booking: string;
  readonly sequence: number;
}

/** The statuses in which a mail of this kind is still true. */
const truths: Readonly<Record<MailKind, readonly Booking['status'][]>> = {
  confirmed: ['confirmed'],
  requested: ['pending'],
  changed: ['pending', 'confirmed'],
  cancelled: ['cancelled'],
};

const send = async (kind: MailKind, { booking: id, sequence }: Payload, ctx: EventContext<BookingModule>) => {
  const db = ctx.asSystem();
  const [booking, services, directory] = await Promise.all([db.booking.get(id), db.service.list(), loadDirectory(ctx)]);
  if (!booking) return;
  if (!booking.email || !truths[kind].includes(booking.status) || booking.sequence > sequence) return;
  const parts = {
    service: services.find(item => item.id === booking.service)?.name ?? '',
    staff: directory.get(booking.resource)?.name ?? '',
  };
  const gone = kind === 'cancelled';
  const { site, locale } = booking;
  const url = gone
    ? ctx.pageUrl('booking', { site, locale })
    : manageUrl(ctx, booking, await manageToken(ctx, { id, sequence }));
  const invite = inviteOf(ctx, booking, parts, { sequence, stamp: ctx.event.at, ...(gone ? {} : { url }) });
  const method = gone ? 'CANCEL' : 'REQUEST';
  const name = oneLine(booking.name);
  await ctx.mail({
    to: { address: booking.email, ...(name ? { name } : {}) },
    ...(ctx.settings.replyTo ? { replyTo: ctx.settings.replyTo } : {}),
    ...compose(kind, booking, parts, ctx.client, url),
    attachments: [
      { filename: 'invite.ics', contentType: `text/calendar; method=${method}; charset=utf-8`, content: invite },
    ],
  });
};

const sender =
  (kind: MailKind): EventHandler<BookingModule, Payload> =>
  (payload, ctx) =>
    send(kind, payload, ctx);

export const sendConfirmation = sender('confirmed');
export const sendRequest = sender('requested');
export const sendChange = sender('changed');
export const sendCancellation = sender('cancelled');
