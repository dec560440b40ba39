/** Asks every route of a suite as one caller, and tells what was answered otherwise than expected. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SuiteCaller, SuiteRoute } from './access-suite.ts';

export interface Walked {
  readonly wrong: readonly string[];
  /** Status -> how often it was met. */
  readonly met: ReadonlyMap<number, number>;
}

/** Requests under way at once. */
const AT_ONCE = 6;

export async function walk(url: string, caller: SuiteCaller, routes: readonly SuiteRoute[]): Promise<Walked> {
  const wrong: string[] = [];
  const met = new Map<number, number>();
  const left = routes.values();
  const lane = async () => {
    for (const route of left) {
      const path = typeof route.path === 'string' ? route.path : await route.path(caller);
      const json = route.body === undefined ? {} : { 'content-type': 'application/json' };
      const ask = async () => {
        const reply = await fetch(`${url}${path}`, {
          method: route.method,
          headers: { ...caller.headers, ...json, ...route.headers },
          body: route.body === undefined ? undefined : JSON.stringify(route.body),
          redirect: 'manual',
        });
        await reply.arrayBuffer();
        return reply;
      };
      let response = await ask();
      // There are more routes than a visitor may ask for in a minute; what is limited is asked again when it may be.
      if (response.status === 429) {
        await sleep(Number(response.headers.get('retry-after') ?? 60) * 1000);
        response = await ask();
      }
      met.set(response.status, (met.get(response.status) ?? 0) + 1);
      const expected = route.expected(caller);
      if (expected.includes(response.status)) continue;
      wrong.push(`${caller.name}: ${route.name}: ${response.status}, expected ${expected.join(' or ')}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { wrong, met };
}
