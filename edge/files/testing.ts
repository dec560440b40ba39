/** The files' routes around a module with pictures, as the tests of files see them. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Actor } from '../../schemas/protocol/index.ts';
import { serveRoutes } from '../data/testing.ts';
import { createTestEngine, type TestEngine } from '../engine/testing.ts';
import { fileRoutes } from './routes.ts';
import { album, albumCode } from './testing-album.ts';

export interface Made {
  readonly id: string;
  readonly upload: { readonly url: string; readonly headers: Record<string, string> };
}

export interface KeptFile {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

export interface Asked {
  readonly as?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `call` asks a route, `keep` brings a file in from first call to last. */
export interface Album {
  readonly engine: TestEngine;
  call(method: string, path: string, asked?: Asked): Promise<Response>;
  put(url: string, bytes: Uint8Array, headers: Readonly<Record<string, string>>): Promise<Response>;
  reserve(size: number, more?: Readonly<Record<string, unknown>>, as?: string): Promise<Response>;
  keep(bytes: Uint8Array, more?: Readonly<Record<string, unknown>>): Promise<KeptFile>;
  /** Follows the redirect of a file's address. */
  fetchFile(path: string, as?: string): Promise<Response>;
  blobs(): Promise<readonly string[]>;
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
}

export function startAlbum(t: TestContext, more: Readonly<Record<string, Actor>> = {}): Album {
  const engine = createTestEngine({ modules: [{ module: album, code: albumCode }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const app = serveRoutes(engine, fileRoutes, more);
  const call = async (method: string, path: string, { as = 'admin', body, headers = {} }: Asked = {}) =>
    app.request(path, {
      method,
      headers: { 'x-actor': as, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const put = async (url: string, bytes: Uint8Array, headers: Readonly<Record<string, string>>) =>
    app.request(url, { method: 'PUT', headers: { ...headers }, body: new Uint8Array(bytes) });
  const reserve = (size: number, members: Readonly<Record<string, unknown>> = {}, as = 'admin') =>
    call('POST', '/api/files', {
      as,
      body: { name: 'a.png', size, contentType: 'image/png', purpose: 'gallery', ...members },
    });
  return {
    engine,
    call,
    put,
    reserve,
    async keep(bytes, members) {
      const { id, upload } = await dataOf<Made>(await reserve(bytes.byteLength, members), 201);
      assert.equal((await put(upload.url, bytes, upload.headers)).status, 204);
      return dataOf<KeptFile>(await call('POST', `/api/files/${id}/complete`), 200);
    },
    async fetchFile(path, as) {
      const to = await call('GET', path, { as });
      return to.status === 302 ? app.request(to.headers.get('location')!) : to;
    },
    blobs: () => engine.runtime.ports.blobs.list(engine.tenant.client.id),
    async rows(sql) {
      const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
      return (await db.read([{ sql }]))[0]!.rows;
    },
  };
}

/** The reply's `data`, once its status is the expected one. */
export async function dataOf<T>(response: Response, status: number): Promise<T> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  return (JSON.parse(text) as { data: T }).data;
}
