/** Turns a hold into a booking. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { firmAllocation, loadDirectory } from './calendar.ts';
import { confirmation } from './confirmation.ts';
import type { BookingModule } from './context.ts';
import { customerOf, identify } from './customer.ts';
import { findHold } from './find-hold.ts';
import { issueLink } from './manage-link.ts';
import { refuseTooSoon } from './offer.ts';
import { outcomeOf } from './outcome.ts';

export const confirm: ActionHandler<BookingModule, 'confirm'> = async (input, ctx) => {
  const db = ctx.asSystem();
  const customer = customerOf(ctx, input);
  // The service is not known before the hold is read: all of them are fewer than another round trip is worth.
  const [held, services, directory, person] = await Promise.all([
    findHold(ctx, input.hold),
    db.service.list(),
    loadDirectory(ctx),
    identify(ctx, customer),
  ]);
  const service = services.find(({ id }) => id === held?.service);
  if (!held || !service) return ctx.fail('UNKNOWN_HOLD');
  const parts = { service: service.name, staff: directory.get(held.resource)?.name ?? '' };
  if (held.status === 'expired' || held.status === 'cancelled') ctx.fail('HOLD_EXPIRED');
  // Whose reply was lost repeats the Idempotency-Key and gets it again; anybody else is late.
  if (held.status !== 'held') ctx.fail('ALREADY_CONFIRMED');
  refuseTooSoon(ctx, service, held.start);
  // A hold that ran out is tried all the same: the calendar refuses it where somebody else has come.
  if (held.allocation) await firmAllocation(ctx, held.allocation);
  const { status, transition, event } = outcomeOf(service);
  const expected = { rev: held.rev, retry: true };
  db.booking.transition(held.id, transition, { ...customer, person, expiresAt: null }, expected);
  ctx.emit(event, { booking: held.id, sequence: held.sequence });
  return confirmation(ctx, { ...held, ...customer, status }, parts, await issueLink(ctx, held));
};
