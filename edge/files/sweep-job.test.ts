/** The sweep of files is a run on its store's list: there while something waits, found by the host as other jobs are. */
import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { tries } from '../engine/backoff.ts';
import { pngOf } from '../images/testing.ts';
import { GRACE_MS, MARGIN_MS } from './sweep-job.ts';
import { dataOf, type Made, startAlbum } from './testing.ts';

const picture = pngOf(20, 20, (x, y) => [x, y, 90, 255]);
const hour = 3_600_000;

function start(t: TestContext) {
  const album = startAlbum(t);
  const { engine, rows } = album;
  /** Epoch milliseconds of the run on the list, if there is one. */
  const planned = async () =>
    (await rows(`SELECT "next_at" FROM "_job" WHERE "name" = '_store.files'`))[0]?.[0] as number | undefined;
  const pass = async (ms: number) => {
    engine.now += ms;
    await engine.sweep();
  };
  return { ...album, planned, pass };
}

it('a store that nobody has uploaded to has no run, one whose upload is done has none in the end', async t => {
  const { engine, keep, planned, pass } = start(t);
  await engine.sweep();
  assert.equal(await planned(), undefined);
  await keep(picture);
  assert.equal(await planned(), engine.now + 900_000 + hour + MARGIN_MS);
  await pass(3 * hour);
  assert.equal(await planned(), undefined);
});

it('deleted files go at their day, and the list says when', async t => {
  const { engine, keep, call, planned, pass, blobs } = start(t);
  const begun = engine.now;
  const { id } = await keep(picture);
  assert.equal((await call('DELETE', `/api/files/${id}`)).status, 204);
  await pass(3 * hour);
  assert.equal(await planned(), begun + GRACE_MS);
  await pass(GRACE_MS - 3 * hour - 1);
  assert.equal((await blobs()).length, 1);
  // The nightly run looked in a moment ago, and a store is swept an hour apart.
  await pass(hour);
  assert.deepEqual([await blobs(), await planned()], [[], undefined]);
});

it('what comes while a run is under way is not forgotten by its end', async t => {
  const { engine, reserve, planned, pass } = start(t);
  await dataOf<Made>(await reserve(100), 201);
  const { blobs } = engine.runtime.ports;
  const remove = blobs.delete.bind(blobs);
  let during = 0;
  blobs.delete = async keys => {
    if (during++ === 0) await dataOf<Made>(await reserve(100), 201);
    return remove(keys);
  };
  await pass(3 * hour);
  assert.equal(during, 1);
  assert.equal(await planned(), engine.now + 900_000 + hour + MARGIN_MS);
});

it('a run that fails is tried again, shown once it is given up, and begun anew by the next upload', async t => {
  const { engine, reserve, planned, pass, rows } = start(t);
  t.mock.method(console, 'error', () => {});
  await dataOf<Made>(await reserve(100), 201);
  const { blobs } = engine.runtime.ports;
  const remove = blobs.delete.bind(blobs);
  blobs.delete = async () => {
    throw new Error('the disk is away');
  };
  const shown = async () => (await engine.deliveries('dead')).map(({ name, error }) => [name, error]);
  await pass(3 * hour);
  assert.deepEqual([await shown(), await engine.deliveries('pending')], [[], []]);
  for (let tried = 1; tried < tries; tried++) await pass((await planned())! - engine.now);
  assert.deepEqual(await shown(), [['_store.files', 'Error: the disk is away']]);
  blobs.delete = remove;
  await dataOf<Made>(await reserve(100), 201);
  await pass(3 * hour);
  assert.deepEqual([await shown(), await planned()], [[], undefined]);
  assert.deepEqual(await rows('SELECT * FROM "_file"'), []);
});

it('the night finds what nobody noted', async t => {
  const { engine, keep, rows, pass, blobs } = start(t);
  await keep(picture);
  await pass(3 * hour);
  const db = await engine.runtime.stores.open(engine.tenant.store, engine.tenant.modules);
  await db.write([{ sql: 'UPDATE "_file" SET "deleted_at" = ?', args: [engine.now - GRACE_MS] }]);
  await pass(24 * hour);
  assert.deepEqual([await rows('SELECT * FROM "_file"'), await blobs()], [[], []]);
});
