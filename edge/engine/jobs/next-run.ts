/** When a job with a timetable runs next. */
import { Cron } from 'croner';
import type { JobJson } from '../../../schemas/module/index.ts';

/** The timetable as text, which changes when the job or the zone does; undefined for a job that runs when it is asked for. */
export function timetableOf(job: JobJson, zone: string): string | undefined {
  if ('everySeconds' in job) return `every ${job.everySeconds}`;
  return 'cron' in job ? `${job.cron} ${zone}` : undefined;
}

/**
 * The first time after `after`, in epoch milliseconds; undefined when there is none. A cron time that the zone's clocks skip is
 * moved to the end of the gap, one that comes twice counts the first time alone, unless its minute or hour is a wildcard.
 * Throws for a cron expression or a zone that is none.
 */
export function nextRun(job: JobJson, zone: string, after: number): number | undefined {
  if ('everySeconds' in job) return after + job.everySeconds * 1000;
  if (!('cron' in job)) return undefined;
  const cron = new Cron(job.cron, { timezone: zone, mode: '5-part', fixedTimeRule: 'no-wildcard' });
  return cron.nextRun(new Date(after))?.getTime();
}
