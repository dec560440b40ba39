/** Asks every route of a suite as one caller, and tells what was answered otherwise than expected. */
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
      const response = await fetch(`${url}${path}`, {
        method: route.method,
        headers: { ...caller.headers, ...json, ...route.headers },
        body: route.body === undefined ? undefined : JSON.stringify(route.body),
        redirect: 'manual',
      });
      await response.arrayBuffer();
      met.set(response.status, (met.get(response.status) ?? 0) + 1);
      const expected = route.expected(caller);
      if (expected.includes(response.status)) continue;
      wrong.push(`${caller.name}: ${route.name}: ${response.status}, expected ${expected.join(' or ')}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { wrong, met };
}
