import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readHeader } from '../images/header.ts';
import { pngHeader, pngOf, pngSignature } from '../images/testing.ts';
import { sweepFiles } from './sweep.ts';
import { GRACE_MS } from './sweep-job.ts';
import { type Asked, startAlbum } from './testing.ts';

const photograph = pngOf(120, 80, (x, y) => [x, y, 90, 255]);
const usedBytes = async (call: (method: string, path: string, asked?: Asked) => Promise<Response>) =>
  ((await (await call('GET', '/api/files')).json()) as { meta: { usedBytes: number } }).meta.usedBytes;

describe('variants of images', () => {
  it('are made when first asked for, by declared names alone, kept once and counted', async t => {
    const { keep, call, fetchFile, blobs, rows } = startAlbum(t);
    const { id } = await keep(photograph);
    const path = `/api/files/${id}?variant=album.photo.image.thumb`;
    const first = await fetchFile(path);
    const bytes = new Uint8Array(await first.arrayBuffer());
    const { mime, width, height } = readHeader(bytes)!;
    assert.deepEqual([first.status, mime, width, height], [200, 'image/jpeg', 40, 40]);
    assert.equal(first.headers.get('content-type'), 'image/jpeg');
    assert.match(first.headers.get('content-disposition')!, /^inline; filename="a\.jpeg"/);
    assert.match(first.headers.get('cache-control')!, /^private, max-age=\d+, immutable$/);
    assert.equal((await blobs()).length, 2);
    assert.equal(await usedBytes(call), photograph.length + bytes.length);
    const again = await Promise.all(Array.from({ length: 4 }, () => fetchFile(path)));
    for (const reply of again) assert.equal(reply.headers.get('etag'), first.headers.get('etag'));
    assert.equal((await rows('SELECT * FROM "_file_variant"')).length, 1);
    const wide = await fetchFile(`/api/files/${id}?variant=album.photo.image.wide`);
    assert.equal(readHeader(new Uint8Array(await wide.arrayBuffer()))!.width, 60);
    for (const name of ['album.photo.image.huge', '9x9-cover.png', 'thumb', '']) {
      assert.equal((await call('GET', `/api/files/${id}?variant=${name}`)).status, 400, name);
    }
  });

  it('of a public file have a lasting address; of a private one a signed one, good for that picture alone', async t => {
    const { keep, call, engine } = startAlbum(t);
    const [open, closed] = [
      await keep(photograph, { acl: 'public' }),
      await keep(Buffer.concat([photograph, photograph])),
    ];
    const address = async (id: string) =>
      new URL((await call('GET', `/api/files/${id}?variant=album.photo.image.thumb`)).headers.get('location')!);
    const lasting = await address(open.id);
    assert.equal(lasting.search, `?client=${engine.tenant.client.id}&variant=40x40-cover.jpeg`);
    const shown = await call('GET', `${lasting.pathname}${lasting.search}`);
    assert.equal(shown.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    for (const other of ['41x40-cover.jpeg', 'album.photo.image.thumb', '']) {
      lasting.searchParams.set('variant', other);
      assert.equal((await call('GET', `${lasting.pathname}${lasting.search}`)).status, 404, other);
    }
    const signed = await address(closed.id);
    assert.equal((await call('GET', `${signed.pathname}${signed.search}`)).status, 200);
    for (const other of ['60x40-contain.jpeg', undefined]) {
      if (other) signed.searchParams.set('variant', other);
      else signed.searchParams.delete('variant');
      assert.equal((await call('GET', `${signed.pathname}${signed.search}`)).status, 403);
    }
    engine.now += 3_600_000;
    assert.equal((await call('GET', `${lasting.pathname}?client=${engine.tenant.client.id}`)).status, 200);
    assert.equal((await call('GET', `${signed.pathname}${signed.search}`)).status, 403);
  });

  it('of what is no image, or a bomb, are refused, and it is not tried again for a day', async t => {
    const { keep, fetchFile, rows, engine, blobs } = startAlbum(t);
    const bad = [
      Buffer.concat([pngSignature, pngHeader(60_000, 60_000)]),
      photograph.subarray(0, 300),
      Buffer.from('text'),
    ];
    let tries = 0;
    const { images } = engine.runtime.ports;
    const render = images.render.bind(images);
    images.render = (bytes, recipe) => {
      tries += 1;
      return render(bytes, recipe);
    };
    for (const bytes of bad) {
      const { id } = await keep(bytes);
      for (const _ of [1, 2]) {
        const reply = await fetchFile(`/api/files/${id}?variant=album.photo.image.thumb`);
        const problem = (await reply.json()) as { errors: { code: string }[] };
        assert.deepEqual([reply.status, problem.errors[0]!.code], [422, 'NO_PICTURE']);
      }
    }
    assert.equal(tries, bad.length);
    assert.equal((await blobs()).length, bad.length);
    assert.equal((await rows('SELECT * FROM "_file_variant" WHERE "key" IS NULL')).length, bad.length);
  });

  it('are refused where there is no room for them, and leave nothing', async t => {
    const { keep, fetchFile, blobs, reserve, rows } = startAlbum(t);
    const { id } = await keep(photograph);
    const room = 10_000_000 - photograph.length;
    for (let left = room; left > 100; left -= Math.min(left - 100, 1_000_000)) {
      assert.equal((await reserve(Math.min(left - 100, 1_000_000))).status, 201);
    }
    assert.equal((await fetchFile(`/api/files/${id}?variant=album.photo.image.thumb`)).status, 409);
    assert.equal((await blobs()).length, 1);
    assert.deepEqual(await rows('SELECT * FROM "_file_variant"'), []);
  });

  it('go with their original, and with the recipe that no module declares any more', async t => {
    const { keep, call, fetchFile, blobs, engine, rows } = startAlbum(t);
    const { id } = await keep(photograph);
    const path = `/api/files/${id}?variant=album.photo.image.thumb`;
    assert.equal((await fetchFile(path)).status, 200);
    await sweepFiles(engine.runtime, engine.tenant);
    assert.equal((await blobs()).length, 2);
    await sweepFiles(engine.runtime, { ...engine.tenant, modules: [] });
    assert.equal((await blobs()).length, 1);
    assert.equal((await fetchFile(path)).status, 200);
    assert.equal((await call('DELETE', `/api/files/${id}`)).status, 204);
    assert.equal((await fetchFile(path)).status, 404);
    engine.now += GRACE_MS;
    await sweepFiles(engine.runtime, engine.tenant);
    assert.deepEqual(await blobs(), []);
    assert.deepEqual(await rows('SELECT * FROM "_file_variant"'), []);
  });
});
