/** Alarms as timers of this process. */
import type { Alarms, Clock, Scheduler } from '../../../schemas/ports/index.ts';

export interface ProcessAlarms extends Alarms {
  /** No alarm rings any more. */
  stop(): void;
}

/** The longest that a timer of Node can wait. */
const MAX_WAIT_MS = 2 ** 31 - 1;
/** Alarms that ring at a time: thousands may be due in one moment, and requests go between them. */
const AT_ONCE = 8;

export function createProcessAlarms(clock: Clock, scheduler: Pick<Scheduler, 'defer'>): ProcessAlarms {
  const timers = new Map<string, { readonly at: number; readonly timer: NodeJS.Timeout }>();
  const due = new Set<string>();
  let ringing = 0;
  let ring: ((key: string) => Promise<void>) | undefined;
  let stopped = false;

  const ringNext = (): void => {
    const [key] = due;
    if (key === undefined || ringing >= AT_ONCE) return;
    due.delete(key);
    ringing += 1;
    scheduler.defer(async () => {
      try {
        await ring?.(key);
      } finally {
        ringing -= 1;
        setImmediate(ringNext);
      }
    });
  };

  const set = (key: string, at: number): void => {
    const earlier = timers.get(key);
    if (stopped || (earlier && earlier.at <= at)) return;
    if (earlier) clearTimeout(earlier.timer);
    const timer = setTimeout(
      () => {
        timers.delete(key);
        if (clock.now() < at) set(key, at);
        else {
          due.add(key);
          ringNext();
        }
      },
      Math.min(Math.max(at - clock.now(), 0), MAX_WAIT_MS),
    );
    timer.unref();
    timers.set(key, { at, timer });
  };

  return {
    set,
    listen(listener) {
      ring = listener;
    },
    stop() {
      stopped = true;
      for (const { timer } of timers.values()) clearTimeout(timer);
      timers.clear();
      due.clear();
    },
  };
}
