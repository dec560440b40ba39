/** Pictures from upload to page, and whose files a visitor may hand over, over HTTP. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readHeader } from '../../edge/images/header.ts';
import { pngHeader, pngOf, pngSignature } from '../../edge/images/testing.ts';
import { type PicturesClient, type PicturesWorld, startPicturesWorld } from '../support/pictures-world.ts';

const QUOTA = 400_000;
const photograph = pngOf(120, 80, (x, y) => [x, y, 90, 255]);
/** More bytes than the action takes. */
const noise = pngOf(60, 60, (x, y) => [
  (x * 7919 + y * 104_729) % 251,
  (x * y * 31) % 241,
  (x * x * 17 + y) % 239,
  255,
]);
const small = pngOf(20, 20, (x, y) => [x, y, 30, 255]);

describe('pictures over HTTP', () => {
  let world: PicturesWorld;
  before(async () => {
    world = await startPicturesWorld({ FILE_QUOTA_BYTES: `${QUOTA}` });
  });
  after(() => world?.stop());

  const variantOf = (id: string, name: string) => `/files/${id}?variant=album.photo.image.${name}`;
  const address = async (client: PicturesClient, id: string, name = 'thumb'): Promise<string> => {
    const to = await client.send('GET', variantOf(id, name));
    assert.equal(to.status, 302, await to.text());
    return to.headers.get('location')!;
  };
  const usedBytes = async (client: PicturesClient) =>
    ((await (await client.send('GET', '/files')).json()) as { meta: { usedBytes: number } }).meta.usedBytes;

  it('an uploaded picture becomes a record, and its signed address the size and type that the module declares, counted and kept', async () => {
    const { studio, rival } = world;
    const image = await studio.keep(photograph);
    const { id } = await studio.data<{ id: string }>('album/v1/photo', { body: { title: 'Lake', image } });
    const kept = await studio.data<{ image: string }>(`album/v1/photo/${id}`);
    const thumb = await address(studio, kept.image);
    const shown = await fetch(thumb);
    const bytes = new Uint8Array(await shown.arrayBuffer());
    const { mime, width, height } = readHeader(bytes)!;
    assert.deepEqual([shown.status, mime, width, height], [200, 'image/jpeg', 40, 40]);
    assert.equal(shown.headers.get('content-type'), 'image/jpeg');
    assert.equal(shown.headers.get('content-length'), `${bytes.length}`);
    assert.match(shown.headers.get('cache-control')!, /^private, max-age=\d+, immutable$/);
    assert.match(shown.headers.get('content-security-policy')!, /sandbox/);
    assert.match(shown.headers.get('content-disposition')!, /^inline; filename="a\.jpeg"/);
    assert.equal(await usedBytes(studio), photograph.length + bytes.length);
    const again = await fetch(thumb, { headers: { 'if-none-match': shown.headers.get('etag')! } });
    assert.equal(again.status, 304);
    const wide = readHeader(new Uint8Array(await (await fetch(await address(studio, image, 'wide'))).arrayBuffer()))!;
    assert.deepEqual([wide.width, wide.height], [60, 40]);
    assert.equal((await studio.send('GET', variantOf(image, 'huge'))).status, 400);
    assert.equal((await rival.send('GET', variantOf(image, 'thumb'))).status, 404);
    const forged = new URL(thumb);
    forged.searchParams.set('variant', '60x40-contain.jpeg');
    assert.equal((await fetch(forged)).status, 403);
  });

  it('a public picture has a lasting address that anybody may keep for a year', async () => {
    const { studio } = world;
    const lasting = await address(studio, await studio.keep(photograph, { acl: 'public' }));
    assert.equal(new URL(lasting).search, `?client=${studio.id}&variant=40x40-cover.jpeg`);
    const shown = await fetch(lasting);
    assert.deepEqual([shown.status, (await shown.arrayBuffer()).byteLength > 100], [200, true]);
    assert.equal(shown.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  });

  it('what lies about its size, is cut short or is no picture is refused, and the host goes on', async () => {
    const { studio } = world;
    const bomb = Buffer.concat([pngSignature, pngHeader(60_000, 60_000)]);
    for (const bytes of [bomb, photograph.subarray(0, 300), Buffer.from('no picture at all')]) {
      const reply = await fetch(await address(studio, await studio.keep(bytes)));
      const problem = (await reply.json()) as { errors: { code: string }[] };
      assert.deepEqual([reply.status, problem.errors[0]!.code], [422, 'NO_PICTURE']);
    }
    assert.equal((await fetch(await address(studio, await studio.keep(photograph)))).status, 200);
  });

  it('a visitor hands over its own files and public ones; all others answer as an unknown id does', async () => {
    const { studio, rival } = world;
    const [mine, other] = [await studio.visit(), await studio.visit()];
    const forSubmit = { for: 'album.submit.image' };
    const own = await studio.keep(small, forSubmit, mine);
    const waiting = await studio.keep(small, forSubmit, mine);
    const theirs = await studio.keep(small, forSubmit, other);
    const submit = (token: string, image: string) =>
      studio.send('POST', '/m/album/v1/actions/submit', { title: 'x', image }, token);
    for (const [token, image] of [
      [mine, own],
      [other, theirs],
    ] as const) {
      assert.equal((await submit(token, image)).status, 200);
    }
    const staff = await studio.keep(noise);
    const text = await studio.keep(Buffer.from('a text of the house'), { contentType: 'text/plain' });
    const open = await studio.keep(small, { acl: 'public' });
    const foreign = await rival.keep(small, forSubmit, await rival.visit());
    const ways = [
      { path: '/m/album/v1/actions/send', status: 200 },
      { path: '/m/album/v1/card', status: 201 },
    ];
    for (const { path, status } of ways) {
      const hand = async (image: string) => {
        const reply = await studio.send('POST', path, { text: 'x', image }, mine);
        return { status: reply.status, body: (await reply.text()).replace(/"traceId":"[^"]*",?/, '') };
      };
      const unknown = await hand('019a0000-0000-7000-8000-000000000000');
      assert.equal(unknown.status, 422);
      assert.match(unknown.body, /"code":"UNKNOWN_FILE"/);
      for (const [what, id] of Object.entries({ theirs, staff, text, foreign, waiting })) {
        assert.deepEqual(await hand(id), unknown, `${path} ${what}`);
      }
      for (const id of [own, open]) assert.equal((await hand(id)).status, status, path);
    }
    const whole = await studio.send('POST', '/m/album/v1/actions/send', { text: 'x', image: staff });
    assert.equal(whole.status, 422, 'of whoever works here the action asks its size alone');
    assert.match(await whole.text(), /"code":"TOO_LARGE"/);
  });

  it('a picture for which there is no room is refused and not kept', async () => {
    const { rival } = world;
    const id = await rival.keep(photograph);
    const left = QUOTA - (await usedBytes(rival)) - 100;
    const body = { name: 'x', size: left, contentType: 'image/png', purpose: 'gallery' };
    assert.equal((await rival.send('POST', '/files', body)).status, 201);
    const reply = await fetch(await address(rival, id));
    assert.deepEqual([reply.status, ((await reply.json()) as { code: string }).code], [409, 'QUOTA_EXCEEDED']);
    assert.equal(await usedBytes(rival), QUOTA - 100);
  });
});
