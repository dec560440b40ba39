/** The door: bodies, errors, origins, addresses, limits. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { DatabaseError } from '../../schemas/ports/index.ts';
import { createMemoryLimiter } from '../adapters/node/limiter.ts';
import { createClientIp, limitUnit } from './client-ip.ts';
import { createCors } from './cors.ts';
import type { AppEnv } from './env.ts';
import { readValid } from './json-body.ts';
import { notFoundHandler, problemHandler } from './problems.ts';
import { rateLimit } from './rate-limit.ts';
import { type ReceptionOptions, receive } from './reception.ts';

function appWith(define: (app: Hono<AppEnv>) => void, options?: ReceptionOptions) {
  const logs: Readonly<Record<string, unknown>>[] = [];
  const app = new Hono<AppEnv>();
  const log = (entry: Readonly<Record<string, unknown>>) => void logs.push(entry);
  app.onError(problemHandler(log));
  app.notFound(notFoundHandler());
  define(app);
  return { app: receive(app, { log, ...options }), logs };
}

describe('errors', () => {
  const secret = 'canary-7f3a';
  const failures = {
    problem: () => Problem.of('CONFLICT', { detail: 'Twice.' }),
    unavailable: () => new Error('wrapped', { cause: new DatabaseError('unavailable', 'database is locked') }),
    full: () => new DatabaseError('full', 'disk full'),
    drizzle: () =>
      Object.assign(new Error(`Failed query: select ? params: ${secret}`, { cause: new Error('no such table: x') }), {
        params: [secret],
      }),
    plain: () => new TypeError('x is not a function'),
  };
  const { app, logs } = appWith(app => {
    for (const [name, make] of Object.entries(failures)) {
      app.get(`/${name}`, () => {
        throw make();
      });
    }
  });

  it('become problem+json with their status, an id and no internals', async () => {
    const expected = { problem: 409, unavailable: 503, full: 507, drizzle: 500, plain: 500 };
    for (const [name, status] of Object.entries(expected)) {
      const answer = await app.request(`/${name}`, { headers: { 'x-request-id': 'abcdefgh-1' } });
      const text = await answer.text();
      assert.equal(answer.status, status, name);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
      assert.equal(answer.headers.get('x-request-id'), 'abcdefgh-1');
      assert.equal(JSON.parse(text).traceId, 'abcdefgh-1');
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      for (const leak of [secret, 'not a function', 'locked', 'no such table', '.ts'])
        assert.ok(!text.includes(leak), `${name} ${leak}`);
    }
    assert.equal((await app.request('/unavailable')).headers.get('retry-after'), '1');
  });

  it('are logged with the id and without what was sent', () => {
    assert.equal(logs.length, 5);
    assert.ok(!JSON.stringify(logs).includes(secret));
    assert.equal(logs[0]?.['requestId'], 'abcdefgh-1');
  });

  it('of an unknown path have the same bytes for any path', async () => {
    const texts = await Promise.all(['/a', '/b/c?d', '/problem/x'].map(async path => (await app.request(path)).text()));
    assert.equal(new Set(texts).size, 1);
    assert.equal(JSON.parse(texts[0] ?? '').code, 'NOT_FOUND');
  });

  it('keep a strange request id out of the reply', async () => {
    for (const id of ['short', 'a'.repeat(65), 'has space here', '<script>alert(1)</script>']) {
      const answer = await app.request('/a', { headers: { 'x-request-id': id } });
      assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    }
  });
});

describe('a JSON body', () => {
  const schema = z.strictObject({ name: z.string(), settings: z.record(z.string(), z.unknown()).optional() });
  const { app } = appWith(app => {
    app.post('/', async c => c.json(await readValid(c.req.raw, schema)));
  });
  const post = (body: string | Uint8Array<ArrayBuffer> | ReadableStream, type = 'application/json') =>
    app.request('/', { method: 'POST', body, headers: { 'content-type': type }, duplex: 'half' } as RequestInit);

  it('is refused when it is no JSON, too large, or of another type', async () => {
    assert.equal((await post('{"name":"x"}', 'application/json; charset=utf-8')).status, 200);
    assert.equal((await post('{"name":"x"}', 'text/plain')).status, 415);
    for (const bad of ['', '{', 'undefined', '{"name":"x"}}', new Uint8Array([0x22, 0xff, 0x22])])
      assert.equal((await post(bad)).status, 400);
    assert.equal((await post(`"${'x'.repeat(256 * 1024)}"`)).status, 413);
  });

  it('without a length is counted as it comes, and left when it is too much', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    assert.equal((await post(endless)).status, 413);
    assert.ok(sent < 1_000_000, `${sent} bytes were read`);
  });

  it('sets no prototype, however that is spelt', async () => {
    for (const key of ['__proto__', '\\u005f_proto__', '__pr\\u006fto__']) {
      const answer = await post(`{"name":"x","settings":{"a":1,"${key}":{"polluted":1}}}`);
      assert.deepEqual(await answer.json(), { name: 'x', settings: { a: 1 } });
    }
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('names what is wrong by JSON Pointer, without repeating it', async () => {
    const answer = await post('{"name":5,"a/b~c":1,"settings":{}}');
    const { status, errors } = (await answer.json()) as { status: number; errors: { pointer: string; code: string }[] };
    assert.equal(status, 422);
    assert.deepEqual(errors.map(error => [error.pointer, error.code]).sort(), [
      ['/a~1b~0c', 'unknown_member'],
      ['/name', 'invalid_type'],
    ]);
  });
});

describe('cross-origin requests', () => {
  const cors = createCors({ paths: ['/api/'], isAllowed: async origin => origin === 'https://rosa.example' });
  const { app } = appWith(
    app => {
      app.get('/api/x', c => c.json({ ok: true }));
      app.get('/api/fail', () => {
        throw Problem.of('UNAUTHENTICATED');
      });
    },
    { cors },
  );
  const ask = (origin: string | undefined, method = 'GET', path = '/api/x') => {
    const headers: Record<string, string> = method === 'OPTIONS' ? { 'access-control-request-method': 'POST' } : {};
    return app.request(path, { method, headers: origin === undefined ? headers : { ...headers, origin } });
  };

  it('are answered to exact origins alone, errors included', async () => {
    for (const answer of [await ask('https://rosa.example'), await ask('https://rosa.example', 'GET', '/api/fail')]) {
      assert.equal(answer.headers.get('access-control-allow-origin'), 'https://rosa.example');
      assert.match(answer.headers.get('access-control-expose-headers') ?? '', /ETag/);
      assert.match(answer.headers.get('vary') ?? '', /Origin/);
      assert.equal(answer.headers.get('access-control-allow-credentials'), null);
    }
    const preflight = await ask('https://rosa.example', 'OPTIONS');
    assert.deepEqual([preflight.status, preflight.headers.get('access-control-max-age')], [204, '7200']);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Authorization.*Idempotency-Key/);
  });

  it('from `null`, a suffix, a prefix, another scheme or port get no Access-Control-Allow-Origin', async () => {
    const near = [
      'null',
      'https://rosa.example.evil.test',
      'https://evilrosa.example',
      'http://rosa.example',
      'https://rosa.example:8443',
      'https://ROSA.example',
      'https://rosa.example/',
      'https://rosa.example https://evil.test',
      undefined,
    ];
    for (const origin of near) {
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await ask(origin, method);
        assert.equal(answer.headers.get('access-control-allow-origin'), null, `${method} ${origin}`);
      }
    }
  });
});

describe('limits', () => {
  it('count IPv4 by address and IPv6 by /64', () => {
    assert.equal(limitUnit('203.0.113.9'), '203.0.113.9');
    assert.equal(limitUnit('::ffff:203.0.113.9'), '203.0.113.9');
    const same = [
      '2001:db8:1:2::1',
      '2001:0db8:0001:0002:ffff:ffff:ffff:ffff',
      '2001:DB8:1:2:0::',
      '[2001:db8:1:2::9]',
    ];
    assert.deepEqual(new Set(same.map(limitUnit)), new Set(['2001:db8:1:2::/64']));
    assert.notEqual(limitUnit('2001:db8:1:3::1'), limitUnit('2001:db8:1:2::1'));
    assert.equal(limitUnit('::1'), '0:0:0:0::/64');
    for (const strange of ['', 'x', '1::2::3', '1:2:3', undefined, 'a'.repeat(50_000)])
      assert.equal(limitUnit(strange), 'unknown');
  });

  it('believe X-Forwarded-For only as far as our own proxies wrote it', async () => {
    const seen = async (options: Parameters<typeof createClientIp>[0], headers: Record<string, string>) => {
      const ip = createClientIp(options);
      const { app } = appWith(app => {
        app.get('/', c => c.text(ip(c)));
      });
      return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress: '10.0.0.1' } } })).text();
    };
    const spoofed = { 'x-forwarded-for': '6.6.6.6, 198.51.100.7', 'cf-connecting-ip': '7.7.7.7' };
    assert.equal(await seen({ host: 'node' }, spoofed), '10.0.0.1');
    assert.equal(await seen({ host: 'node', trustedProxies: 1 }, spoofed), '198.51.100.7');
    assert.equal(await seen({ host: 'node', trustedProxies: 1 }, {}), '10.0.0.1');
    assert.equal(await seen({ host: 'worker' }, spoofed), '7.7.7.7');
  });

  it('are told on every reply, and end in 429 with Retry-After', async () => {
    const limiter = createMemoryLimiter({ now: () => 0 });
    const { app } = appWith(app => {
      app.use(rateLimit({ limiter, name: 'test', limit: 2, windowSeconds: 60, key: () => 'me' }));
      app.get('/', c => c.text('ok'));
    });
    const answers = [await app.request('/'), await app.request('/missing'), await app.request('/')];
    assert.deepEqual(
      answers.map(answer => [answer.status, answer.headers.get('ratelimit-remaining')]),
      [
        [200, '1'],
        [404, '0'],
        [429, '0'],
      ],
    );
    assert.equal(answers[2]?.headers.get('retry-after'), '60');
    assert.equal(answers[2]?.headers.get('ratelimit-limit'), '2');
  });
});

describe('replies', () => {
  it('forbid frames, but where a route allows them', async () => {
    const { app } = appWith(app => {
      app.get('/', c => c.text('ok'));
      app.get('/frame', c => c.text('ok', 200, { 'Content-Security-Policy': 'frame-ancestors https://rosa.example' }));
    });
    assert.equal((await app.request('/')).headers.get('content-security-policy'), "frame-ancestors 'none'");
    assert.equal((await app.request('/')).headers.get('x-frame-options'), 'DENY');
    const frame = await app.request('/frame');
    assert.equal(frame.headers.get('content-security-policy'), 'frame-ancestors https://rosa.example');
    assert.equal(frame.headers.get('x-frame-options'), null);
  });

  it('made in one piece carry the same headers as any other', async () => {
    const policy = { 'Content-Security-Policy': "default-src 'none'" };
    const { app } = appWith(
      app => {
        app.get('/body', c => c.body('{}', 200, { 'Content-Type': 'application/json' }));
        app.get('/reply', c => c.env.head.reply('{}', 200, { 'Content-Type': 'application/json' }));
        app.get('/framed-body', c => c.body('{}', 200, { ...policy, 'Content-Type': 'text/html' }));
        app.get('/framed-reply', c => c.env.head.reply('{}', 200, { ...policy, 'Content-Type': 'text/html' }));
        app.get('/varying', c => c.body('{}', 200, { Vary: 'Authorization' }));
      },
      { cors: createCors({ paths: ['/body', '/reply', '/varying'], isAllowed: () => true }) },
    );
    const headersOf = async (path: string, method = 'GET') => {
      const headers = { origin: 'https://rosa.example', 'x-request-id': 'abcdefgh-1' };
      return Object.fromEntries((await app.request(path, { method, headers })).headers);
    };
    for (const method of ['GET', 'HEAD']) {
      assert.deepEqual(await headersOf('/reply', method), await headersOf('/body', method));
      assert.deepEqual(await headersOf('/framed-reply', method), await headersOf('/framed-body', method));
    }
    assert.equal((await headersOf('/reply'))['vary'], 'Origin');
    assert.equal((await headersOf('/varying'))['vary'], 'Authorization, Origin');
  });

  it('to an origin that could not be looked up are problems', async () => {
    const failing = async () => {
      throw new DatabaseError('unavailable', 'locked');
    };
    const { app } = appWith(() => {}, { cors: createCors({ paths: ['/'], isAllowed: failing }) });
    const answer = await app.request('/x', { headers: { origin: 'https://rosa.example' } });
    assert.deepEqual([answer.status, answer.headers.get('x-content-type-options')], [503, 'nosniff']);
    assert.equal(((await answer.json()) as { code: string }).code, 'UNAVAILABLE');
  });
});
