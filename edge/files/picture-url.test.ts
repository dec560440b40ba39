import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pngOf } from '../images/testing.ts';
import { pictureUrl } from './picture-url.ts';
import { startAlbum } from './testing.ts';

const DAY = 86_400_000;
const photograph = pngOf(120, 80, (x, y) => [x, y, 90, 255]);

it("a module's picture of a private file is shown by its address alone, the same all day, and gone after the next", async t => {
  const { keep, call, engine } = startAlbum(t);
  const { id } = await keep(photograph);
  const address = (variant = 'album.photo.image.thumb') =>
    pictureUrl(engine.runtime, engine.tenant, id, variant, engine.now);
  const get = async (url: string, change: (query: URLSearchParams) => void = () => {}) => {
    const { pathname, searchParams } = new URL(url);
    change(searchParams);
    return call('GET', `${pathname}?${searchParams}`);
  };
  const first = address();
  const reply = await get(first);
  assert.equal(reply.status, 200);
  assert.match(reply.headers.get('cache-control')!, /^private, max-age=\d+, immutable$/);
  for (const change of [
    (query: URLSearchParams) => query.delete('signature'),
    (query: URLSearchParams) => query.delete('variant'),
    (query: URLSearchParams) => query.set('variant', '60x40-contain.jpeg'),
    (query: URLSearchParams) => query.set('expires', '9999999999'),
  ]) {
    assert.ok((await get(first, change)).status >= 403);
  }
  const midnight = Math.floor(engine.now / DAY) * DAY;
  engine.now = midnight + DAY - 1;
  assert.equal(address(), first);
  engine.now += 1;
  assert.notEqual(address(), first);
  assert.equal((await get(first)).status, 200);
  engine.now = midnight + 2 * DAY + 1000;
  assert.equal((await get(first)).status, 403);
  assert.throws(() => address('album.photo.image.huge'), TypeError);
});
