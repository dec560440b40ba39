import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import type { ImageRecipe } from '../../schemas/module/index.ts';
import { ImageError, type ImageErrorKind } from '../../schemas/ports/index.ts';
import { createThreadImages, imageLibrary } from '../adapters/node/images.ts';
import { stripMetadata } from '../files/strip-metadata.ts';
import { createCodec } from './codec.ts';
import { orientationSegment } from './exif.ts';
import { readHeader } from './header.ts';
import { renderImage } from './render.ts';
import { type Colour, pngChunk, pngHeader, pngOf, pngSignature, withSegment } from './testing.ts';

const images = createThreadImages();
const library = await imageLibrary();
const MEMORY = 50_000_000;
const recipe = (width: number, height: number, more: Partial<ImageRecipe> = {}): ImageRecipe => ({
  width,
  height,
  fit: 'contain',
  format: 'png',
  ...more,
});
const colours = {
  r: [250, 10, 10, 255],
  b: [10, 10, 250, 255],
  g: [10, 250, 10, 255],
  w: [250, 250, 250, 255],
} as const;

/** Red, blue over green, white: every way of turning it can be told from the others. */
const quarters = (width: number, height: number, more: readonly Buffer[] = []) => {
  const colour = (x: number, y: number): Colour =>
    y < height / 2 ? colours[x < width / 2 ? 'r' : 'b'] : colours[x < width / 2 ? 'g' : 'w'];
  return pngOf(width, height, colour, more);
};

/** Size, and the colours of the corners: top left, top right, bottom left, bottom right. */
function seen(bytes: Uint8Array): string {
  const { width, height, data } = createCodec(library).decode(bytes, (...size) => size);
  const name = (x: number, y: number) => {
    const [red, , blue] = data.subarray((y * width + x) * 4);
    if (red! > 128) return blue! > 128 ? 'w' : 'r';
    return blue! > 128 ? 'b' : 'g';
  };
  const corners = [name(0, 0), name(width - 1, 0), name(0, height - 1), name(width - 1, height - 1)];
  return `${width}x${height} ${corners.join('')}`;
}

const refused = (kind: ImageErrorKind) => (error: unknown) => error instanceof ImageError && error.kind === kind;

describe('pictures of pictures', () => {
  it('fit into a box or fill it, and never grow', async () => {
    const source = quarters(80, 40);
    const at = async (...asked: Parameters<typeof recipe>) =>
      seen((await images.render(source, recipe(...asked))).bytes);
    assert.equal(await at(40, 40), '40x20 rbgw');
    assert.equal(await at(20, 20, { fit: 'cover' }), '20x20 rbgw');
    assert.equal(await at(500, 500), '80x40 rbgw');
    assert.equal(await at(500, 20, { fit: 'cover' }), '80x20 rbgw');
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const made = await images.render(source, recipe(40, 40, { format }));
      assert.equal(made.mime, `image/${format}`);
      assert.deepEqual([readHeader(made.bytes)!.mime, seen(made.bytes)], [made.mime, '40x20 rbgw']);
    }
  });

  it('stand as EXIF says, whatever the order of its bytes, and carry none of it', async () => {
    const { bytes: jpeg } = await images.render(quarters(64, 32), recipe(64, 32, { format: 'jpeg' }));
    const turned = ['rbgw', 'brwg', 'wgbr', 'gwrb', 'rgbw', 'grwb', 'wbgr', 'bwrg'];
    for (const [i, corners] of turned.entries()) {
      const size = i < 4 ? '64x32' : '32x64';
      const gps = Buffer.from('\xff\xfe\0\x0aGPS 50.1', 'latin1');
      const camera = withSegment(withSegment(jpeg, gps), orientationSegment(i + 1));
      const made = await images.render(camera, recipe(64, 64, { format: 'jpeg' }));
      assert.equal(seen(made.bytes), `${size} ${corners}`, `orientation ${i + 1}`);
      assert.ok(!Buffer.from(made.bytes).includes('Exif') && !Buffer.from(made.bytes).includes('GPS'));
      assert.equal(seen((await images.render(camera, recipe(16, 16, { fit: 'cover' }))).bytes), `16x16 ${corners}`);
      // A public image that was cleaned of its place still knows which way is up.
      const cleaned = stripMetadata('image/jpeg', camera)!;
      assert.ok(!Buffer.from(cleaned).includes('GPS'));
      assert.equal(readHeader(cleaned)!.orientation, i + 1);
    }
    const little = Buffer.from('II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0', 'latin1');
    const png = quarters(64, 32, [pngChunk('eXIf', little)]);
    assert.equal(seen((await images.render(png, recipe(64, 64))).bytes), '32x64 grwb');
  });

  it('what is see-through lies on white where the format has no such thing', async () => {
    const glass = pngOf(8, 8, () => [0, 0, 0, 0]);
    assert.equal(seen((await images.render(glass, recipe(8, 8, { format: 'jpeg' }))).bytes), '8x8 wwww');
  });

  it('of a moving image the first frame is shown', async () => {
    // Two frames of one pixel each, the first red, the second blue (GIF89a).
    const frame = (index: number) => `,\0\0\0\0\x01\0\x01\0\0\x02\x02${index === 0 ? 'D' : 'L'}\x01\0`;
    const gif = Buffer.from(`GIF89a\x01\0\x01\0\x80\0\0\xfa\x0a\x0a\x0a\x0a\xfa${frame(0)}${frame(1)};`, 'latin1');
    assert.equal(seen((await images.render(gif, recipe(5, 5))).bytes), '1x1 rrrr');
  });

  it('a bomb is refused by what it claims, before it is unpacked', async () => {
    const bomb = (width: number, height: number) => {
      const data = pngChunk('IDAT', deflateSync(Buffer.alloc(1_000_000)));
      return Buffer.concat([pngSignature, pngHeader(width, height), data, pngChunk('IEND', Buffer.alloc(0))]);
    };
    for (const [width, height] of [
      [50_000, 50_000],
      [4_294_967_295, 4_294_967_295],
      [30_000_000, 10],
    ] as const) {
      await assert.rejects(images.render(bomb(width, height), recipe(10, 10)), refused('large'));
    }
    const { bytes: jpeg } = await images.render(quarters(64, 32), recipe(64, 32, { format: 'jpeg' }));
    const frame = Buffer.from('\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0', 'latin1');
    for (const at of [2, jpeg.length - 2]) {
      // A second frame header, hidden before the first or behind the scan.
      const lying = Buffer.concat([jpeg.subarray(0, at), frame, jpeg.subarray(at)]);
      await assert.rejects(images.render(lying, recipe(10, 10)), refused('large'));
    }
    const webp = Buffer.from((await images.render(quarters(8, 8), recipe(8, 8, { format: 'webp' }))).bytes);
    const canvas = Buffer.from('VP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff', 'latin1');
    const wide = Buffer.concat([webp.subarray(0, 12), canvas, webp.subarray(12)]);
    await assert.rejects(images.render(wide, recipe(10, 10)), refused('large'));
    const gif = Buffer.from(`GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;`, 'latin1');
    await assert.rejects(images.render(gif, recipe(10, 10)), refused('large'));
  });

  it('a bad image ends alone, and the next one is made', async () => {
    const good = quarters(80, 40);
    const bad = [
      good.subarray(0, 60),
      Buffer.from('<svg/>'),
      Buffer.alloc(0),
      Buffer.from('\xff\xd8\xff\xe0', 'latin1'),
    ];
    const results = await Promise.allSettled([...bad, good].map(bytes => images.render(bytes, recipe(8, 8))));
    assert.deepEqual(
      results.map(result => result.status === 'rejected' && (result.reason as ImageError).kind),
      [...bad.map(() => 'unreadable'), false],
    );
  });

  it('a thread that takes too long is ended, and few wait', async () => {
    const slow = createThreadImages({ deadline: 1, waiting: 2 });
    const two = [slow.render(quarters(80, 40), recipe(8, 8)), slow.render(quarters(80, 40), recipe(8, 8))];
    await assert.rejects(slow.render(quarters(80, 40), recipe(8, 8)), refused('busy'));
    for (const run of two) await assert.rejects(run, refused('large'));
    assert.equal((await images.render(quarters(80, 40), recipe(8, 8))).mime, 'image/png');
  });

  it('no damage does more than be refused', async () => {
    const sources = await Promise.all(
      (['jpeg', 'png', 'webp'] as const).map(
        async format => (await images.render(quarters(24, 16), recipe(24, 16, { format }))).bytes,
      ),
    );
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...sources), damage, fc.nat(), (source, changes, cut) => {
        const bytes = Uint8Array.from(source);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const given = cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
        try {
          const made = renderImage(library, MEMORY, given, recipe(10, 10));
          const { width, height } = readHeader(made.bytes)!;
          assert.ok(width <= 10 && height <= 10);
        } catch (error) {
          assert.ok(error instanceof ImageError, `${error}`);
        }
      }),
      { numRuns: 60 },
    );
  });
});
