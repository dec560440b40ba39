/** Turns a hold into a booking. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { firmAllocation, loadDirectory } from './calendar.ts';
import { confirmation } from './confirmation.ts';
import type { Booking, BookingModule } from './context.ts';
import { customerOf, identify } from './customer.ts';
import { findHold } from './find-hold.ts';
import { issueLink, manageToken } from './manage-link.ts';
import { refuseTooSoon } from './offer.ts';
import { outcomeOf } from './outcome.ts';

/** Whether this customer has confirmed this hold before: whose reply was lost gets it again. */
const isRepeat = ({ status, sequence, email }: Booking, by: string): boolean =>
  (status === 'confirmed' || status === 'pending') && sequence === 0 && email === by;

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
  if (isRepeat(held, input.email)) return confirmation(ctx, held, parts, await manageToken(ctx, held));
  if (held.status === 'expired') ctx.fail('HOLD_EXPIRED');
  if (held.status !== 'held') ctx.fail('UNKNOWN_HOLD');
  refuseTooSoon(ctx, service, held.start);
  // A hold that ran out is tried all the same: the calendar refuses it where somebody else has come.
  if (held.allocation) await firmAllocation(ctx, held.allocation);
  const { status, transition, event } = outcomeOf(service);
  db.booking.transition(held.id, transition, { ...customer, person, expiresAt: null });
  ctx.emit(event, { booking: held.id, sequence: held.sequence });
  return confirmation(ctx, { ...held, ...customer, status }, parts, await issueLink(ctx, held));
};
