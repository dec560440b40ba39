/**
 * Has a run of the tests at another time, to find what holds on some days of a month alone. Where a process of Node imports
 * it before anything else, its clock is ahead by the milliseconds in `INLAY_CLOCK_AHEAD`.
 */

/** Without anything of this file, so that a page can be given it too. */
export function setClockAhead(ahead: number): void {
  const Real = Date;
  const read = Real.now;
  const now = () => read() + ahead;
  // A page may put another in its place.
  Real.now = now;
  globalThis.Date = new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (target, args, self) => Reflect.construct(target, args.length > 0 ? args : [now()], self),
  });
}

/** Milliseconds; 0 where it is as late as the machine says. */
export const clockAhead = Number(process.env['INLAY_CLOCK_AHEAD'] ?? 0);

/** What a process has to be started with to have this one's time. */
export const clockOf = ({ INLAY_CLOCK_AHEAD, NODE_OPTIONS }: NodeJS.ProcessEnv): Record<string, string> =>
  INLAY_CLOCK_AHEAD ? { INLAY_CLOCK_AHEAD, NODE_OPTIONS: NODE_OPTIONS ?? '' } : {};

/** What sets the clocks of processes to an instant, from now on. */
export const clockAt = (instant: string): Record<string, string> => {
  const ahead = Date.parse(instant) - Date.now() + clockAhead;
  if (Number.isNaN(ahead)) throw new TypeError(`"${instant}" is no instant such as 2026-11-30T19:00Z.`);
  return { INLAY_CLOCK_AHEAD: `${ahead}`, NODE_OPTIONS: `--import=${import.meta.url}` };
};

if (clockAhead !== 0) setClockAhead(clockAhead);
