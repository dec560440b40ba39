import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startHost } from '../tests/integration/host.ts';
import { parseNodeEnvironment } from './adapters/node/environment.ts';
import { readMasterKey } from './adapters/node/master-key.ts';
import { startServer } from './adapters/node/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'inlay-node-'));
after(() => rmSync(folder, { recursive: true }));

describe('parseNodeEnvironment', () => {
  it('has a default for everything, and shows the demo at a first try', () => {
    const env = parseNodeEnvironment({ PORT: '' }, []);
    assert.deepEqual([env.port, env.sitePort, env.publicUrl, env.demo], [8787, 8788, 'http://localhost:8787', true]);
    assert.equal(parseNodeEnvironment({}, ['--no-demo']).demo, false);
    assert.equal(parseNodeEnvironment({ PUBLIC_URL: 'https://app.example.com/' }, []).demo, false);
    assert.equal(parseNodeEnvironment({ PUBLIC_URL: 'https://app.example.com', INLAY_DEMO: '1' }, []).demo, true);
    assert.deepEqual(parseNodeEnvironment({ MAIL_FROM: 'Salon <a@b.test>' }, []).mailFrom, {
      name: 'Salon',
      address: 'a@b.test',
    });
  });

  it('takes an account for certificates whole or not at all', () => {
    assert.equal(parseNodeEnvironment({}, []).hostnames, undefined);
    const account = { HOSTNAMES_ZONE: 'zone', HOSTNAMES_TOKEN: 'token' };
    assert.deepEqual(parseNodeEnvironment(account, []).hostnames, { zone: 'zone', token: 'token', apiUrl: undefined });
    assert.throws(() => parseNodeEnvironment({ HOSTNAMES_ZONE: 'zone' }, []), /HOSTNAMES_TOKEN/);
  });

  it('names every variable that is wrong', () => {
    const wrong = { PORT: '99999', PUBLIC_URL: 'https://a.test/path', MAIL_FROM: 'nobody', INLAY_DEMO: 'maybe' };
    assert.throws(() => parseNodeEnvironment(wrong, []), /PORT:[\s\S]*PUBLIC_URL:[\s\S]*INLAY_DEMO:[\s\S]*MAIL_FROM:/);
  });
});

describe('readMasterKey', () => {
  it('creates a key once, for its owner alone', () => {
    const file = join(folder, 'made', 'secret.key');
    const key = readMasterKey(file);
    assert.equal(key.length, 32);
    chmodSync(file, 0o644);
    assert.deepEqual(readMasterKey(file), key);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('refuses a damaged key instead of making another', () => {
    const file = join(folder, 'damaged.key');
    writeFileSync(file, 'short');
    assert.throws(() => readMasterKey(file), /restore it from a backup/);
    assert.equal(readFileSync(file, 'utf8'), 'short');
  });
});

describe('startServer', () => {
  it('finishes a reply under way when it stops, and accepts nothing new', async () => {
    const server = await startServer({
      port: 0,
      hostname: '127.0.0.1',
      fetch: async () => {
        await sleep(150);
        return new Response('done');
      },
    });
    const url = `http://127.0.0.1:${server.port}/`;
    const reply = fetch(url).then(response => response.text());
    await sleep(50);
    const stopped = server.stop(2000);
    assert.equal(await reply, 'done');
    await stopped;
    await assert.rejects(fetch(url));
  });

  it('cuts a reply that does not end in time', async () => {
    const server = await startServer({
      port: 0,
      hostname: '127.0.0.1',
      fetch: () => sleep(5000).then(() => new Response()),
    });
    const reply = assert.rejects(fetch(`http://127.0.0.1:${server.port}/`));
    await sleep(50);
    const started = performance.now();
    await server.stop(100);
    assert.ok(performance.now() - started < 1000);
    await reply;
  });
});

describe('edge/node.ts', () => {
  it('starts on an empty folder and ends cleanly at SIGTERM', async () => {
    const host = await startHost();
    const started = performance.now();
    assert.equal((await fetch(`${host.url}/healthz`)).status, 200);
    await host.stop();
    assert.ok(performance.now() - started < 5000);
  });

  it('says what is wrong with the environment and ends', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'node.ts')], {
      env: { PORT: 'x' },
      stdio: 'pipe',
    });
    let text = '';
    child.stderr.on('data', chunk => {
      text += chunk;
    });
    const [code] = await once(child, 'exit');
    assert.equal(code, 1);
    assert.match(text, /PORT/);
  });
});
