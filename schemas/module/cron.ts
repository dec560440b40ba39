/** Which cron expressions a manifest may have. */
import { Cron } from 'croner';

/** Why it is none: not five fields, a value out of its range, or no day on which it would ever run. Undefined for one that is fine. */
export function cronProblem(expression: string): string | undefined {
  if (!/^\S+(?: \S+){4}$/.test(expression)) return 'must be five fields';
  try {
    const next = new Cron(expression, { mode: '5-part', timezone: 'UTC' }).nextRun();
    return next ? undefined : 'never comes';
  } catch (error) {
    return error instanceof Error ? error.message : 'is no cron expression';
  }
}
