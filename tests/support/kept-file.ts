/** A file of a client, for suites that ask who gets it. */
import assert from 'node:assert/strict';
import type { DemoClient } from './demo-world.ts';

/** Resolves with its id when it is ready to be read by the client. */
export async function keptFile(url: string, { key }: DemoClient): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const file = { name: 'x.txt', size: 5, contentType: 'text/plain', purpose: 'suite' };
  const made = await fetch(`${url}/api/files`, { method: 'POST', headers, body: JSON.stringify(file) });
  const { data } = (await made.json()) as { data: { id: string; upload: { url: string } } };
  await fetch(data.upload.url, { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'hello' });
  assert.equal(
    (await fetch(`${url}/api/files/${data.id}/complete`, { method: 'POST', headers, body: '{}' })).status,
    200,
  );
  return data.id;
}
