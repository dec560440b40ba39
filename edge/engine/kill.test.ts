/** Processes killed between effect and mark, and two at once on the same data. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { createEmbeddedDatabases } from '../adapters/node/databases.ts';
import { leaseMs } from './lease.ts';
import type { VictimOptions } from './victim/testing.ts';

const now = Date.parse('2026-01-05T09:00:00Z');

function setUp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-victim-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, 'log');
  const stores = join(folder, 'stores');
  /** Resolves when the process says `word`; `ended` when it has ended. */
  const start = async (word: 'paused' | 'done', options: Partial<VictimOptions>) => {
    const all: VictimOptions = { folder: stores, now, pauseMs: 60_000, log, ...options };
    const child = spawn(process.execPath, [join(import.meta.dirname, 'victim/testing.ts'), JSON.stringify(all)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.after(() => child.kill('SIGKILL'));
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
    const said = new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', line => line === word && resolve());
      child.once('exit', code => reject(new Error(`It ended with ${code} before it was ${word}.`)));
    });
    await said;
    return {
      ended,
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  };
  const rows = async (sql: string) => {
    const databases = createEmbeddedDatabases({ folder: stores });
    try {
      return (await (await databases.open('c-test')).read([{ sql }]))[0]!.rows;
    } finally {
      databases.close();
    }
  };
  const lines = (start: string) =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter(line => line.startsWith(start));
  return { start, rows, lines };
}

test('killed between effect and mark: heard again with the same id and mail key, written once', async t => {
  const { start, rows, lines } = setUp(t);
  const victim = await start('paused', { pause: 'hear', say: 'hello' });
  await victim.kill();
  assert.equal(lines('mail').length, 1);
  assert.deepEqual(await rows(`SELECT count(*) FROM errands_note WHERE source = 'hear'`), [[0]]);
  await start('done', { now: now + leaseMs - 1 });
  assert.equal(lines('mail').length, 1, 'the dead process holds its claim until it runs out');
  await start('done', { now: now + leaseMs });
  await start('done', { now: now + 2 * leaseMs });
  const keys = lines('mail');
  assert.equal(keys.length, 2);
  assert.equal(new Set(keys).size, 1);
  const notes = await rows(
    "SELECT source, count(*) FROM errands_note WHERE source LIKE '%hear' GROUP BY source ORDER BY source",
  );
  assert.deepEqual(notes, [
    ['hear', 1],
    ['overhear', 1],
  ]);
  assert.deepEqual(await rows('SELECT DISTINCT state FROM _delivery'), [['done']]);
});

test('a job whose process was killed runs again after its lease, and is written once', async t => {
  const { start, rows, lines } = setUp(t);
  const victim = await start('paused', { pause: 'tick' });
  await victim.kill();
  assert.equal(lines('begin tick').length, 1);
  await start('done', { now: now + leaseMs - 1 });
  assert.equal(lines('begin tick').length, 1);
  await start('done', { now: now + leaseMs });
  assert.equal(lines('begin tick').length, 2);
  assert.deepEqual(await rows(`SELECT text FROM errands_note WHERE source = 'tick'`), [['2026-01-05T09:00:00.000Z']]);
});

test('two processes on the same data never run a job at the same time', async t => {
  const { start, rows, lines } = setUp(t);
  const first = await start('paused', { pause: 'tick', pauseMs: 1_500 });
  const second = await start('done', { pause: 'tick', pauseMs: 0 });
  await Promise.all([first.ended, second.ended]);
  assert.equal(lines('begin tick').length, 1);
  assert.equal(lines('end tick').length, 1);
  assert.deepEqual(await rows(`SELECT count(*) FROM errands_note WHERE source = 'tick'`), [[1]]);
});
