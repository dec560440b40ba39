import assert from 'node:assert/strict';
import { it } from 'node:test';
import { stripMetadata } from './strip-metadata.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const chunk = (type: string, body: Buffer) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body, Buffer.alloc(4)]);
};
const riff = (type: string, body: Buffer) => {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};
const GPS = 'GPSLatitude 50.0755';
const hasGps = (bytes: Uint8Array) => Buffer.from(bytes).includes(GPS);

it('FI-06 a JPEG loses EXIF, XMP, comments and what follows it, and keeps its pixels and colours', () => {
  const scan = latin('\x11\xff\x00\x22\xff\xd3\x33');
  const pixels = [segment(0xdb, latin('quantum')), segment(0xc0, latin('frame')), segment(0xda, latin('scan')), scan];
  const jfif = segment(0xe0, latin('JFIF\0..'));
  const icc = segment(0xe2, latin('ICC_PROFILE\0..'));
  const image = Buffer.concat([
    latin('\xff\xd8'),
    jfif,
    segment(0xe1, latin(`Exif\0\0${GPS}`)),
    icc,
    segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${GPS}`)),
    segment(0xe2, latin(`MPF\0${GPS}`)),
    segment(0xed, latin(GPS)),
    segment(0xfe, latin(GPS)),
    ...pixels,
    segment(0xfe, latin(GPS)),
    segment(0xda, latin('second')),
    scan,
    latin('\xff\xd9'),
    latin(GPS),
  ]);
  const clean = stripMetadata('image/jpeg', image)!;
  const expected = [latin('\xff\xd8'), jfif, icc, ...pixels, segment(0xda, latin('second')), scan, latin('\xff\xd9')];
  assert.ok(hasGps(image) && !hasGps(clean));
  assert.deepEqual(Buffer.from(clean), Buffer.concat(expected));
  assert.deepEqual(stripMetadata('image/jpeg', clean), clean);
});

it('FI-06 a PNG loses text and EXIF chunks and what follows its end', () => {
  const kept = [latin('\x89PNG\r\n\x1a\n'), chunk('IHDR', latin('head')), chunk('IDAT', latin('pixels'))];
  const end = chunk('IEND', latin(''));
  const image = Buffer.concat([...kept, chunk('eXIf', latin(GPS)), chunk('iTXt', latin(GPS)), end, latin(GPS)]);
  const clean = stripMetadata('image/png', image)!;
  assert.deepEqual(Buffer.from(clean), Buffer.concat([...kept, end]));
});

it('FI-06 a WebP loses EXIF and XMP, and no longer announces them', () => {
  const file = (...chunks: Buffer[]) => {
    const body = Buffer.concat(chunks);
    const head = latin('RIFF\0\0\0\0WEBP');
    head.writeUInt32LE(body.length + 4, 4);
    return Buffer.concat([head, body]);
  };
  const announced = riff('VP8X', Buffer.from([0x2c, 0, 0, 0, 1, 0, 0, 1, 0, 0]));
  const silent = riff('VP8X', Buffer.from([0x20, 0, 0, 0, 1, 0, 0, 1, 0, 0]));
  const pixels = riff('VP8 ', latin('odd'));
  const clean = stripMetadata(
    'image/webp',
    file(announced, pixels, riff('EXIF', latin(GPS)), riff('XMP ', latin(GPS))),
  )!;
  assert.deepEqual(Buffer.from(clean), file(silent, pixels));
});

it('FI-06 an image that is not well formed is not passed on', () => {
  for (const [type, bytes] of [
    ['image/jpeg', latin('\xff\xd8\xff\xe1\xff\xffshort')],
    ['image/jpeg', latin('\xff\xd8nonsense')],
    ['image/jpeg', latin('\xff\xd8\xff\xda\x00\x04ab and no end')],
    ['image/png', latin('\x89PNG\r\n\x1a\n\x7f\xff\xff\xffIDAT')],
    ['image/webp', latin('RIFF\xff\0\0\0WEBPVP8 \xff\xff\0\0')],
    ['image/gif', latin('GIF89a')],
  ] as const) {
    assert.equal(stripMetadata(type, bytes), undefined, type);
  }
});
