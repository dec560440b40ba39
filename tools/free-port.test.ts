import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { it } from 'node:test';
import { freePort } from './free-port.ts';

it('gives ports that can be listened on, each once, below those that connections take', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  assert.equal(new Set(ports).size, 50);
  assert.ok(
    ports.every(port => port >= 20_000 && port < 32_768),
    `${ports}`,
  );
  const server = createServer().listen(ports[0], '127.0.0.1');
  await once(server, 'listening');
  server.close();
});
