/** Answers as the API would, from memory. */
import type { Fetch } from '../api/http.ts';
import { zoo } from './zoo-manifest.ts';

interface Operation {
  readonly op: 'delete' | 'transition';
  readonly id: string;
  readonly transition?: string;
}
type Row = Record<string, unknown> & { id: string; rev: number };

const session = {
  user: { id: 'u1', name: 'Rosa', email: 'rosa@studio.example' },
  agency: { id: 'a1', name: 'Studio Nord' },
  role: 'owner',
  clientId: null,
  expiresAt: '2030-01-01T00:00:00Z',
};
const client = {
  id: 'c1',
  name: 'Rosas Salon',
  zone: 'Europe/Prague',
  createdAt: '2026-01-01T00:00:00Z',
  siteCount: 0,
};

export interface FakeServer {
  readonly fetch: Fetch;
  /** `METHOD path`, as they came. */
  readonly calls: string[];
  readonly bodies: unknown[];
  readonly keys: (string | undefined)[];
  readonly animals: Row[];
  signedIn: boolean;
  history: readonly object[];
  /** Answers the next writes with these, first come first served. */
  readonly next: Response[];
}

export const problem = (status: number, code: string, more: object = {}): Response =>
  Response.json({ type: 'x', title: code, status, code, ...more }, { status });

export const animal = (id: string, more: object = {}): Row => ({
  id,
  rev: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  name: `Animal ${id}`,
  legs: 4,
  tame: false,
  sort: 'mammal',
  days: [],
  meals: [],
  keeper: 'k1',
  state: 'new',
  ...more,
});

export const fakeServer = (animals: Row[] = [animal('r1'), animal('r2')]): FakeServer => {
  const server: FakeServer = {
    calls: [],
    bodies: [],
    keys: [],
    animals,
    signedIn: true,
    history: [],
    next: [],
    fetch: async (path, init) => answer(path, init),
  };
  const data = (value: unknown) => Response.json({ data: value });

  const answer = (path: string, init: RequestInit = {}): Response => {
    const method = init.method ?? 'GET';
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const headers = new Headers(init.headers);
    server.calls.push(`${method} ${decodeURIComponent(path)}`);
    if (method !== 'GET') {
      server.bodies.push(body);
      server.keys.push(headers.get('Idempotency-Key') ?? undefined);
      const forced = path.includes('/token') ? undefined : server.next.shift();
      if (forced) return forced;
    }
    const { pathname, searchParams } = new URL(path, 'http://x');
    if (pathname === '/api/session' && method === 'POST') {
      if (body.password !== 'correct horse') return problem(401, 'UNAUTHENTICATED');
      server.signedIn = true;
    }
    if (!server.signedIn) return problem(401, 'UNAUTHENTICATED');
    if (pathname === '/api/session') return data(session);
    if (pathname === '/api/session/token') return data({ token: 't', expiresAt: '2030-01-01T00:00:00Z' });
    if (pathname === '/api/clients') return data([client]);
    if (pathname === '/api/clients/c1') return data(client);
    if (pathname === '/api/analytics') return data([]);
    if (pathname.endsWith('/installations'))
      return data([{ module: 'zoo', version: '2.0.0', settings: {}, installedAt: '' }]);
    if (pathname === '/api/modules/zoo') return data({ name: 'zoo', manifest: zoo });
    if (pathname === '/api/files')
      return data({ id: 'f1', upload: { url: 'http://x/api/files/f1/content?signature=s' } });
    if (pathname.startsWith('/api/files/f1')) return method === 'PUT' ? new Response(null, { status: 204 }) : data({});
    if (pathname.endsWith('/history')) return data(server.history);
    if (pathname === '/api/m/zoo/v2/keeper/k1') return data({ id: 'k1', name: 'Ota Keeper', rev: 1, updatedAt: 0 });
    if (pathname === '/api/m/zoo/v2/keeper/bulk') return data([{ status: 204 }]);
    if (pathname === '/api/m/zoo/v2/keeper')
      return Response.json({
        data: [{ id: 'k1', name: 'Ota Keeper', rev: 1 }],
        page: { size: 25, after: null, total: 1 },
      });
    if (pathname.startsWith('/api/m/zoo/v2/animal'))
      return animalsReply(pathname.split('/').slice(6), method, body, headers, searchParams);
    return problem(404, 'NOT_FOUND');
  };

  const bulkReply = ({ operations }: { operations: Operation[] }): Response => {
    const outcomes = operations.map(({ op, id, transition }) => {
      const row = server.animals.find(one => one.id === id)!;
      if (op === 'delete') Object.assign(row, { deletedAt: '2026-01-02T00:00:00Z' });
      else Object.assign(row, { state: zoo.entities['animal']!.states!.transitions[transition!]!.to });
      return op === 'delete' ? { status: 204 } : { status: 200, data: { ...row } };
    });
    return data(outcomes);
  };

  const animalsReply = (
    [id, what, name]: string[],
    method: string,
    body: object,
    headers: Headers,
    search: URLSearchParams,
  ): Response => {
    const step = name ?? what;
    if (!id && method === 'GET') {
      const term = search.get('q')?.toLowerCase() ?? '';
      const eq = [...search].flatMap(([key, value]) => {
        const field = /^filter\[(\w+)\]\[eq\]$/.exec(key)?.[1];
        return field ? [[field, value] as const] : [];
      });
      const found = server.animals.filter(
        row =>
          String(row.name).toLowerCase().includes(term) &&
          eq.every(([field, value]) => String(row[field]) === value) &&
          Boolean(row['deletedAt']) === search.has('deleted'),
      );
      const from = Number(search.get('page[after]') ?? 0);
      const size = Number(search.get('page[size]') ?? 25);
      const after = from + size < found.length ? `${from + size}` : null;
      return Response.json({ data: found.slice(from, from + size), page: { size, after, total: found.length } });
    }
    if (!id) {
      const made = animal('made', body);
      server.animals.push(made);
      return Response.json({ data: made }, { status: 201 });
    }
    if (id === 'bulk') return bulkReply(body as { operations: Operation[] });
    const row = server.animals.find(one => one.id === id && (step === 'restore' || !one['deletedAt']));
    if (!row) return problem(404, 'NOT_FOUND');
    if (step === 'restore') Object.assign(row, { deletedAt: null, rev: row.rev + 1 });
    else if (step)
      Object.assign(row, { state: zoo.entities['animal']!.states!.transitions[step]!.to, rev: row.rev + 1 });
    if (method === 'PATCH') {
      const match = headers.get('If-Match');
      if (match && match !== `"${row.rev}"`) return problem(412, 'PRECONDITION_FAILED');
      Object.assign(row, body, { rev: row.rev + 1 });
    }
    return data({ ...row });
  };
  return server;
};
