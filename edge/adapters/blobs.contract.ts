/** What every Blobs adapter must do; each adapter's test runs this suite. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BlobPartsError, BlobSizeError, type Blobs } from '../../schemas/ports/blobs.ts';

let counter = 0;

async function* chunks(...parts: readonly (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield part;
  }
}

async function bytesOf(blob: { readonly body: AsyncIterable<Uint8Array> } | undefined): Promise<Buffer | undefined> {
  if (!blob) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of blob.body) parts.push(part);
  return Buffer.concat(parts);
}

/** Registers the suite; `blobs` is asked for when the tests run. */
export function blobsContract(name: string, blobs: () => Blobs): void {
  const fresh = () => `client-${process.pid}-${++counter}`;
  /** The least that all but the last part may have. */
  const part = (fill: string) => Buffer.alloc(5 * 1024 * 1024, fill);
  const large = Buffer.alloc(300_000, 'abcdefghijk');

  describe(`blobs: ${name}`, () => {
    it('gives back what was put, whole and in part', async () => {
      const key = `${fresh()}/a`;
      await blobs().put(
        key,
        chunks(large.subarray(0, 7), large.subarray(7, 200_000), large.subarray(200_000)),
        300_000,
      );
      const whole = await blobs().get(key);
      assert.equal(whole?.size, 300_000);
      assert.deepEqual(await bytesOf(whole), large);
      const part = await blobs().get(key, { offset: 150_000, length: 11 });
      assert.equal(part?.size, 300_000);
      assert.deepEqual(await bytesOf(part), large.subarray(150_000, 150_011));
      assert.equal((await bytesOf(await blobs().get(key, { offset: 299_990, length: 500 })))?.length, 10);
    });

    it('keeps an empty object, and a later one in place of an earlier', async () => {
      const key = `${fresh()}/a`;
      await blobs().put(key, chunks(), 0);
      assert.equal((await bytesOf(await blobs().get(key)))?.length, 0);
      await blobs().put(key, chunks(Buffer.from('second')), 6);
      assert.equal(String(await bytesOf(await blobs().get(key))), 'second');
    });

    it('keeps nothing of a body that is too short, too long or breaks off', async () => {
      const client = fresh();
      await assert.rejects(blobs().put(`${client}/a`, chunks(large), 300_001), BlobSizeError);
      await assert.rejects(blobs().put(`${client}/b`, chunks(large), 299_999), BlobSizeError);
      await assert.rejects(blobs().put(`${client}/c`, chunks(large, new Error('gone')), 600_000), /gone/);
      assert.deepEqual(await blobs().list(client), []);
      assert.equal(await blobs().get(`${client}/a`), undefined);
    });

    it('lists and deletes within one client alone', async () => {
      const [one, two] = [fresh(), fresh()];
      for (const key of [`${one}/a`, `${one}/b`, `${two}/a`])
        await blobs().put(key, chunks(Buffer.from(key)), key.length);
      assert.deepEqual([...(await blobs().list(one))].sort(), [`${one}/a`, `${one}/b`]);
      await blobs().delete([`${one}/a`, `${one}/b`, `${one}/none`]);
      await blobs().delete([]);
      assert.deepEqual(await blobs().list(one), []);
      assert.deepEqual(await blobs().list(two), [`${two}/a`]);
    });

    it('makes one object of its parts, whatever order they came in and however often', async () => {
      const key = `${fresh()}/a`;
      const attempt = await blobs().startParts(key);
      const put = (number: number, bytes: Uint8Array) =>
        blobs().putPart(key, attempt, number, chunks(bytes.subarray(0, 9), bytes.subarray(9)), bytes.length);
      const third = await put(3, large.subarray(0, 77));
      await put(1, part('x'));
      const [first, second] = [await put(1, part('a')), await put(2, part('b'))];
      assert.equal(await blobs().get(key), undefined);
      await blobs().joinParts(key, attempt, [
        { number: 1, tag: first },
        { number: 2, tag: second },
        { number: 3, tag: third },
      ]);
      assert.deepEqual(
        await bytesOf(await blobs().get(key)),
        Buffer.concat([part('a'), part('b'), large.subarray(0, 77)]),
      );
      await assert.rejects(blobs().joinParts(key, attempt, [{ number: 1, tag: first }]), BlobPartsError);
    });

    it('keeps nothing of a part that breaks off, and joins none that was replaced', async () => {
      const client = fresh();
      const key = `${client}/a`;
      const attempt = await blobs().startParts(key);
      const broken = chunks(large.subarray(0, 1000), new Error('gone'));
      await assert.rejects(blobs().putPart(key, attempt, 1, broken, 2000), /gone/);
      await assert.rejects(blobs().putPart(key, attempt, 1, chunks(large), 299_999), BlobSizeError);
      const tag = await blobs().putPart(key, attempt, 1, chunks(Buffer.from('old')), 3);
      await blobs().putPart(key, attempt, 1, chunks(Buffer.from('newer')), 5);
      await assert.rejects(blobs().joinParts(key, attempt, [{ number: 1, tag }]), BlobPartsError);
      assert.deepEqual(await blobs().list(client), []);
    });

    it('forgets the parts of an attempt that is given up', async () => {
      const key = `${fresh()}/a`;
      const attempt = await blobs().startParts(key);
      const tag = await blobs().putPart(key, attempt, 1, chunks(Buffer.from('part')), 4);
      await blobs().dropParts(key, attempt);
      await blobs().dropParts(key, attempt);
      await assert.rejects(blobs().putPart(key, attempt, 1, chunks(Buffer.from('part')), 4), BlobPartsError);
      await assert.rejects(blobs().joinParts(key, attempt, [{ number: 1, tag }]), BlobPartsError);
      assert.equal(await blobs().get(key), undefined);
    });

    it('refuses a key that could lead elsewhere', async () => {
      for (const key of ['../x', 'a', 'a/../b', '/a', 'a/b/c', 'a\\b', 'A/b', `a/${'b'.repeat(65)}`, 'a/.', '']) {
        await assert.rejects(blobs().put(key, chunks(), 0), TypeError, key);
        await assert.rejects(blobs().get(key), TypeError, key);
        await assert.rejects(blobs().delete([key]), TypeError, key);
      }
      await assert.rejects(blobs().list('..'), TypeError);
    });
  });
}
