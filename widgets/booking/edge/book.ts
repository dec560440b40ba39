/** Books a time in one step and one commit. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { loadDay } from './calendar.ts';
import { confirmation } from './confirmation.ts';
import type { BookingModule } from './context.ts';
import { customerOf, identify } from './customer.ts';
import { findSlot } from './find-slot.ts';
import { issueLink } from './manage-link.ts';
import { chooseDuration } from './offer.ts';
import { outcomeOf } from './outcome.ts';
import { reserve } from './reserve.ts';

export const book: ActionHandler<BookingModule, 'book'> = async (input, ctx) => {
  const customer = customerOf(ctx, input);
  const [service, loaded, person] = await Promise.all([
    ctx.asSystem().service.get(input.service),
    loadDay(ctx, input.start),
    identify(ctx, customer),
  ]);
  if (!service?.active) return ctx.fail('UNKNOWN_SERVICE');
  const minutes = chooseDuration(service, input.duration);
  const found = findSlot(ctx, service, loaded, { start: input.start, minutes, staff: input.staff });
  const { status, event } = outcomeOf(service);
  const { booking, slot, changes } = await reserve(ctx, service, found, { ...customer, person, status });
  ctx.asSystem().booking.update(booking.id, changes);
  ctx.emit(event, { booking: booking.id, sequence: booking.sequence });
  const parts = { service: service.name, staff: slot.resource.name };
  return confirmation(ctx, booking, parts, await issueLink(ctx, booking));
};
