/** Makes a booking and allots its slot, each naming the other. */
import { allocate, type Slot } from './calendar.ts';
import type { Booking, BookingContext, BookingDraft, Service } from './context.ts';

/** The caller writes the allocation's id into the booking, with whatever else depends on the booking's own id. */
export const reserve = async (
  ctx: BookingContext,
  service: Service,
  slot: Slot,
  draft: Partial<BookingDraft>,
): Promise<{ booking: Booking; allocation: string }> => {
  const booking = ctx.asSystem().booking.create({
    start: slot.start,
    end: slot.end,
    service: service.id,
    resource: slot.resource.id,
    price: service.price,
    zone: ctx.client.zone,
    locale: ctx.site?.locale ?? 'en',
    site: ctx.site?.id ?? null,
    ...draft,
  });
  return { booking, allocation: await allocate(ctx, service, slot, booking.id, draft.expiresAt ?? undefined) };
};
