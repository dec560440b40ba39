/** A booking as its manage link shows it; an old link shows it too, but changes nothing. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { loadDirectory } from './calendar.ts';
import type { BookingModule } from './context.ts';
import { isChangeable } from './manage.ts';
import { findLink } from './manage-link.ts';

export const view: ActionHandler<BookingModule, 'view'> = async (input, ctx) => {
  const db = ctx.asSystem();
  const [link, services, directory] = await Promise.all([
    findLink(ctx, input.token),
    db.service.list(),
    loadDirectory(ctx),
  ]);
  const booking = await db.booking.get(link.booking);
  const service = services.find(({ id }) => id === booking?.service);
  if (!booking || !service) return ctx.fail('UNKNOWN_LINK');
  const { id, status, resource, start, end, zone } = booking;
  const changeable = link.current && isChangeable(ctx, booking);
  return {
    id,
    status,
    current: link.current,
    service: { id: service.id, name: service.name, durations: service.durations },
    staff: { id: resource, name: directory.get(resource)?.name ?? '' },
    start,
    end,
    zone,
    canReschedule: changeable,
    canCancel: changeable,
  };
};
