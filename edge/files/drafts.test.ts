import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Actor } from '../../schemas/protocol/index.ts';
import { pngOf } from '../images/testing.ts';
import { sweepFiles } from './sweep.ts';
import { dataOf, type Made, startAlbum } from './testing.ts';

const picture = pngOf(20, 20, (x, y) => [x, y, 90, 255]);

/** Two visits of one site, and one of nobody in particular. */
function visits(t: TestContext) {
  const visitor = {
    kind: 'visitor',
    agencyId: 'agency-1',
    clientId: 'client-1',
    siteId: 'site-1',
    role: null,
    scopes: null,
  } as const;
  const one: Actor = { ...visitor, id: 'visit-1', origin: 'https://shop.test' };
  const album = startAlbum(t, { one, two: { ...one, id: 'visit-2' } });
  const bring = (bytes: Uint8Array, more: Readonly<Record<string, unknown>> = {}, as = 'one') =>
    album.call('POST', '/api/files', {
      as,
      body: { name: 'a.png', size: bytes.byteLength, contentType: 'image/png', for: 'album.submit.image', ...more },
    });
  const draft = async (bytes: Uint8Array, more: Readonly<Record<string, unknown>> = {}, as = 'one') => {
    const { id, upload } = await dataOf<Made>(await bring(bytes, more, as), 201);
    assert.equal((await album.put(upload.url, bytes, upload.headers)).status, 204);
    assert.equal((await album.call('POST', `/api/files/${id}/complete`, { as })).status, 200);
    return id;
  };
  const submit = (input: unknown, actor: Actor = one) => album.engine.call(actor, 'album', 'submit', input);
  return { ...album, one, two: { ...one, id: 'visit-2' }, bring, draft, submit };
}

const withCode = (code: string) => (error: unknown) => JSON.stringify(error).includes(`"code":"${code}"`);

describe('files that visitors bring', () => {
  it('are drafts until their action takes them over, once', async t => {
    const { draft, submit, call, fetchFile, rows, engine } = visits(t);
    const id = await draft(picture);
    const listed = async () => ((await (await call('GET', '/api/files')).json()) as { data: unknown[] }).data.length;
    assert.equal(await listed(), 0);
    const note = await draft(Buffer.from('hello'), {
      name: 'a.txt',
      contentType: 'text/plain',
      for: 'album.submit.more',
    });
    await submit({ title: 'Mine', image: id, more: [note] });
    assert.equal(await listed(), 2);
    assert.equal((await fetchFile(`/api/files/${id}`)).status, 200);
    await assert.rejects(submit({ title: 'Again', image: id }), withCode('UNKNOWN_FILE'));
    engine.now += 2 * 86_400_000;
    await sweepFiles(engine.runtime, engine.tenant);
    assert.equal(await listed(), 2);
    assert.deepEqual(await rows('SELECT * FROM "_file_draft"'), []);
  });

  it('belong to their visit and their input; whoever works here names any file that can be read', async t => {
    const { draft, submit, two, call, bring, keep, engine, put } = visits(t);
    const id = await draft(picture);
    await assert.rejects(submit({ title: 'Stolen', image: id }, two), withCode('UNKNOWN_FILE'));
    assert.equal((await call('POST', `/api/files/${id}/complete`, { as: 'two' })).status, 404);
    const text = await draft(Buffer.from('hello'), { contentType: 'text/plain', for: 'album.submit.more' });
    await assert.rejects(submit({ title: 'Text for a picture', image: text }), withCode('UNKNOWN_FILE'));
    const unfinished = await dataOf<Made>(await bring(picture), 201);
    await assert.rejects(submit({ title: 'Early', image: unfinished.id }), withCode('UNKNOWN_FILE'));
    await put(unfinished.upload.url, picture, unfinished.upload.headers);
    await assert.rejects(submit({ title: 'Not completed', image: unfinished.id }), withCode('UNKNOWN_FILE'));
    await assert.rejects(submit({ title: 'Invented', image: 'x' }), withCode('UNKNOWN_FILE'));
    await assert.rejects(submit({ title: 'no', image: id }), /refused by the handler/);
    const own = await keep(picture);
    await submit({ title: 'By staff', image: own.id }, engine.actors.admin);
    await assert.rejects(submit({ title: 'x', image: 'x' }, engine.actors.admin), withCode('UNKNOWN_FILE'));
    await submit({ title: 'Mine still', image: id });
  });

  it('are limited in type, in size, for a visit and for all of them', async t => {
    const { bring, draft, submit, engine, call, put } = visits(t);
    const status = async (...asked: Parameters<typeof bring>) => (await bring(...asked)).status;
    assert.equal(await status(picture, { contentType: 'application/pdf' }), 422);
    assert.equal(await status(Buffer.alloc(5001)), 422);
    const html = Buffer.from('<html><script>alert(1)</script></html>');
    const lie = await dataOf<Made>(await bring(html), 201);
    assert.equal((await put(lie.upload.url, html, lie.upload.headers)).status, 204);
    assert.equal((await call('POST', `/api/files/${lie.id}/complete`, { as: 'one' })).status, 422);
    // What was taken over counts for its visit all the same.
    await submit({ title: 'First', image: await draft(picture) });
    const left = 12_000 - picture.length - html.length;
    const replies = await Promise.all(Array.from({ length: 4 }, () => status(Buffer.alloc(Math.ceil((left + 1) / 3)))));
    assert.deepEqual(replies.sort(), [201, 201, 409, 409]);
    Object.assign(engine.runtime.config.files, { quotaBytes: 60_000 });
    assert.equal(await status(picture, {}, 'two'), 409);
  });

  it('need an action that the visitor may call, and show nothing of other files', async t => {
    const { bring, keep, call } = visits(t);
    const status = async (field: string) => (await bring(picture, { for: field })).status;
    for (const field of [
      'album.submit.title',
      'album.nothing.image',
      'nothing.submit.image',
      'album.submit',
      '',
      '__proto__.a.b',
    ]) {
      assert.equal(await status(field), 404, field);
    }
    assert.equal(await status('album.secret.image'), 403);
    for (const more of [{ acl: 'public' }, { owner: 'album.photo:x' }, { resumable: true }, { purpose: 'x' }]) {
      assert.equal((await bring(picture, more)).status, 422, JSON.stringify(more));
    }
    const { id } = await keep(picture);
    for (const [method, path] of [
      ['GET', ''],
      ['GET', `/${id}`],
      ['GET', `/${id}/parts`],
      ['DELETE', `/${id}`],
    ] as const) {
      assert.equal((await call(method, `/api/files${path}`, { as: 'one' })).status, 403, `${method} ${path}`);
    }
    // The engine's own visitor belongs to no visit.
    assert.equal((await bring(picture, {}, 'visitor')).status, 403);
  });

  it('that no action took over are swept', async t => {
    const { draft, engine, blobs, rows, submit } = visits(t);
    const id = await draft(picture);
    engine.now += 86_400_000 - 1;
    assert.equal(await sweepFiles(engine.runtime, engine.tenant), 0);
    engine.now += 1;
    await assert.rejects(submit({ title: 'Late', image: id }), withCode('UNKNOWN_FILE'));
    assert.equal(await sweepFiles(engine.runtime, engine.tenant), 1);
    assert.deepEqual(await blobs(), []);
    assert.deepEqual(await rows('SELECT * FROM "_file_draft"'), []);
  });
});
