/** What a service offers: to whom it is assigned, for how long, and between which instants it can be booked now. */
import { Problem } from '../../../schemas/errors/index.ts';
import { addDays, dayBounds, toLocal } from '../../../schemas/time/index.ts';
import { type BookingContext, MINUTE, type Service } from './context.ts';

/** Whether a resource gives the service; one without a list is given by everyone. */
export const isGivenBy = (service: Pick<Service, 'staff'>, resource: string): boolean =>
  service.staff.length === 0 || service.staff.includes(resource);

/** Minutes: the usual ones, or those asked for. Throws VALIDATION_FAILED for others than the service's. */
export const chooseDuration = (service: Service, asked: number | null | undefined): number => {
  const minutes = asked ?? service.durations[0];
  if (minutes !== undefined && service.durations.includes(minutes)) return minutes;
  const message = `Choose one of ${service.durations.join(', ')} minutes`;
  throw Problem.of('VALIDATION_FAILED', { errors: [{ pointer: '/duration', code: 'INVALID_VALUE', message }] });
};

/** Starts from `earliest` up to, not with, `latest` can be booked now: after the notice, until the end of the business's last open day. */
export const bookableRange = (ctx: BookingContext, service: Service) => {
  const { zone } = ctx.client;
  const lastDay = addDays(toLocal(ctx.now, zone).date, service.horizonDays);
  return { earliest: ctx.now + service.minNotice * MINUTE, latest: dayBounds(lastDay, zone).end };
};

/** Refuses a start that is nearer than the notice, as judged at this moment (BK-10). Throws TOO_SOON. */
export const refuseTooSoon = (ctx: BookingContext, service: Service, start: number): void => {
  if (start < bookableRange(ctx, service).earliest) ctx.fail('TOO_SOON');
};
