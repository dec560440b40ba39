/** Answers of a test's own, before those that every desk test has. */
import { fakeServer } from './fake-server.ts';

/** The fake server, with answers for these paths before its own; `null` is an empty reply. */
export const serving = (answers: Readonly<Record<string, unknown>>) => {
  const server = fakeServer();
  const { fetch } = server;
  const writes: string[] = [];
  return {
    ...server,
    writes,
    fetch: async (path: string, init: RequestInit = {}) => {
      const { pathname } = new URL(path, 'http://x');
      const call = `${init.method ?? 'GET'} ${pathname}`;
      if (!(call in answers)) return fetch(path, init);
      if (!call.startsWith('GET')) writes.push(`${call} ${typeof init.body === 'string' ? init.body : ''}`.trim());
      const forced = call.startsWith('GET') ? undefined : server.next.shift();
      if (forced) return forced;
      const answer = answers[call];
      return answer === null ? new Response(null, { status: 204 }) : Response.json({ data: answer });
    },
  };
};
