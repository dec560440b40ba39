import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { PART_BYTES, type PartsJson } from './parts.ts';
import { sweepFiles } from './sweep.ts';
import { type Album, dataOf, type KeptFile, startAlbum } from './testing.ts';

const whole = Buffer.alloc(2 * PART_BYTES + 77, 'abcdefghi');
const sha256 = createHash('sha256').update(whole).digest('hex');

/** A file of three parts, begun. */
async function begun(t: TestContext, more: Readonly<Record<string, unknown>> = {}) {
  const album = startAlbum(t);
  const { config } = album.engine.runtime;
  Object.assign(config.files, { quotaBytes: 40_000_000, maxBytes: 20_000_000 });
  const started = await dataOf<PartsJson>(await album.reserve(whole.length, { resumable: true, ...more }), 201);
  const path = `/api/files/${started.id}`;
  const missing = async () => dataOf<PartsJson>(await album.call('GET', `${path}/parts`), 200);
  const complete = (body: unknown) => album.call('POST', `${path}/complete`, { body });
  return { ...album, path, started, missing, complete };
}

type Place = PartsJson['missing'][number];
const send = ({ put }: Album, { url, headers, offset, size }: Place, from: Buffer = whole) =>
  put(url, from.subarray(offset, offset + size), headers);

describe('a file in parts', () => {
  it('goes on after a break with what is missing, and is read through at the end', async t => {
    const world = await begun(t);
    const { started, missing, complete, engine, blobs, fetchFile, path } = world;
    assert.deepEqual([started.parts, started.stored, started.partBytes], [3, 0, PART_BYTES]);
    const [first, second, third] = started.missing as [Place, Place, Place];
    assert.deepEqual([third.number, third.offset, third.size], [3, 2 * PART_BYTES, 77]);
    assert.equal((await send(world, third)).status, 204);
    assert.equal((await world.put(first.url, whole.subarray(0, 1000), first.headers)).status, 422);
    engine.now += 3_600_000;
    assert.equal((await world.put(second.url, whole.subarray(0, PART_BYTES), second.headers)).status, 403);
    const left = await missing();
    assert.deepEqual([left.stored, left.missing.map(({ number }) => number)], [1, [1, 2]]);
    assert.equal((await complete({ sha256 })).status, 409);
    for (const place of left.missing) {
      assert.equal((await send(world, place)).status, 204);
      // A reply that was lost: the part is sent once more.
      assert.equal((await send(world, place)).status, 204);
    }
    assert.equal((await complete({})).status, 422);
    const file = await dataOf<KeptFile>(await complete({ sha256 }), 200);
    assert.deepEqual([file.size, file.sha256], [whole.length, sha256]);
    assert.ok(Buffer.from(await (await fetchFile(path)).arrayBuffer()).equals(whole));
    assert.equal((await blobs()).length, 1);
    assert.deepEqual(await world.rows('SELECT * FROM "_file_upload"'), []);
    assert.deepEqual(await world.rows('SELECT * FROM "_file_part"'), []);
    assert.equal((await complete({ sha256 })).status, 200);
    assert.equal((await world.call('GET', `${path}/parts`)).status, 409);
  });

  it('of another hash than was announced is forgotten as a whole', async t => {
    const world = await begun(t, { sha256 });
    const altered = Buffer.from(whole);
    altered[PART_BYTES] = 0;
    for (const place of world.started.missing) assert.equal((await send(world, place, altered)).status, 204);
    const reply = await world.complete({});
    assert.deepEqual(
      [reply.status, ((await reply.json()) as { errors: { code: string }[] }).errors[0]!.code],
      [422, 'HASH_MISMATCH'],
    );
    assert.deepEqual(await world.blobs(), []);
    assert.equal((await world.call('GET', `${world.path}/parts`)).status, 409);
    const { meta } = (await (await world.call('GET', '/api/files')).json()) as { meta: { usedBytes: number } };
    assert.equal(meta.usedBytes, 0);
  });

  it('an address is good for its own part and length alone', async t => {
    const world = await begun(t);
    const [first, , third] = world.started.missing as [Place, Place, Place];
    for (const [name, value] of [
      ['part', '2'],
      ['part', '0'],
      ['size', '77'],
      ['part', ''],
    ] as const) {
      const url = new URL(first.url);
      url.searchParams.set(name, value);
      assert.equal(
        (await world.put(url.href, whole.subarray(0, PART_BYTES), first.headers)).status,
        403,
        `${name}=${value}`,
      );
    }
    assert.equal((await world.put(third.url, whole.subarray(0, 77), { 'content-type': 'text/html' })).status, 403);
    assert.equal((await world.call('GET', `${world.path}/parts`, { as: 'visitor' })).status, 403);
  });

  it('that is given up is swept with its parts, and its room is free again', async t => {
    const world = await begun(t);
    const [first] = world.started.missing as [Place];
    assert.equal((await send(world, first)).status, 204);
    world.engine.now += 86_400_000 - 1;
    assert.equal(await sweepFiles(world.engine.runtime, world.engine.tenant), 0);
    world.engine.now += 1;
    assert.equal((await world.call('GET', `${world.path}/parts`)).status, 409);
    world.engine.now += 3_600_000;
    const dropped: string[] = [];
    const { blobs } = world.engine.runtime.ports;
    const drop = blobs.dropParts.bind(blobs);
    blobs.dropParts = (key, attempt) => {
      dropped.push(key);
      return drop(key, attempt);
    };
    assert.equal(await sweepFiles(world.engine.runtime, world.engine.tenant), 1);
    assert.equal(dropped.length, 1);
    for (const table of ['_file', '_file_upload', '_file_part']) {
      assert.deepEqual(await world.rows(`SELECT * FROM "${table}"`), []);
    }
  });
});
