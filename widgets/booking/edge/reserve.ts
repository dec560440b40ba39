/** Makes a booking and allots its slot, each naming the other. */
import { allocate, type Slot } from './calendar.ts';
import type { Booking, BookingContext, BookingDraft, Service } from './context.ts';
import { type FreeSlot, slotOf } from './find-slot.ts';

/** The caller writes `changes` into the booking, with whatever else depends on the booking's own id. */
export interface Reservation {
  readonly booking: Booking;
  readonly slot: Slot;
  readonly changes: { readonly allocation: string; readonly resource: string };
}

export const reserve = async (
  ctx: BookingContext,
  service: Service,
  found: FreeSlot,
  draft: Partial<BookingDraft>,
): Promise<Reservation> => {
  const booking = ctx.asSystem().booking.create({
    start: found.start,
    end: found.end,
    service: service.id,
    resource: found.free[0].id,
    price: service.price,
    zone: ctx.client.zone,
    locale: ctx.site?.locale ?? 'en',
    site: ctx.site?.id ?? null,
    ...draft,
  });
  // The new id is the only chance that a handler has, and another one each time it runs again.
  const slot = slotOf(found, booking.id);
  const allocation = await allocate(ctx, service, slot, booking.id, draft.expiresAt ?? undefined);
  return { booking, slot, changes: { allocation, resource: slot.resource.id } };
};
