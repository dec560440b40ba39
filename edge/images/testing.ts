/** Makes images for tests: real ones, and ones that lie. */
import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';

export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

export function pngChunk(type: string, body: Uint8Array): Buffer {
  const name = Buffer.from(type, 'latin1');
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.byteLength, 0);
  frame.writeUInt32BE(crc32(Buffer.concat([name, body])), 4);
  return Buffer.concat([frame.subarray(0, 4), name, body, frame.subarray(4)]);
}

export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

export function pngHeader(width: number, height: number): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(width, 0);
  body.writeUInt32BE(height, 4);
  // Eight bits, RGBA.
  body.set([8, 6], 8);
  return pngChunk('IHDR', body);
}

/** Asks `colour` for every pixel. */
export function pngOf(
  width: number,
  height: number,
  colour: (x: number, y: number) => Colour,
  more: readonly Buffer[] = [],
): Buffer {
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * (width * 4 + 1) + 1 + x * 4);
  }
  const data = pngChunk('IDAT', deflateSync(rows));
  return Buffer.concat([pngSignature, pngHeader(width, height), ...more, data, pngChunk('IEND', Buffer.alloc(0))]);
}

/** Right after SOI, where cameras put it. */
export const withSegment = (jpeg: Uint8Array, segment: Uint8Array): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
