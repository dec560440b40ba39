/** Weekly hours as a field: what `schemas/availability` turns into working time. */
import { f } from './field.ts';

/** Local hours on some days of every week; days are ISO weekdays, 1 is Monday. */
export const weeklyWindows = () =>
  f.list(
    f.object({
      days: f.list(f.int({ min: 1, max: 7 }), { max: 7 }),
      start: f.localTime(),
      end: f.localTime(),
      endsNextDay: f.bool().default(false),
    }),
    { max: 50 },
  );
