/** Reads from an image's own headers how large it is and how it is turned, before anything is decoded. */
import { Buffer } from 'node:buffer';
import { exifOrientation } from './exif.ts';

export interface ImageHeader {
  readonly mime: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif';
  /** Pixels of the largest part that a decoder could be led to. */
  readonly width: number;
  readonly height: number;
  /** 1 to 8, as EXIF 2.32 tag 0x0112 counts. */
  readonly orientation: number;
  /** Bytes that one decoded pixel takes. */
  readonly depth: 4 | 8;
}

/** What the parts of a file say; where two disagree, the larger counts. */
interface Measure {
  width: number;
  height: number;
  orientation: number;
  depth: 4 | 8;
}

/** Undefined for what is no image of these kinds, or claims no size. */
export function readHeader(bytes: Uint8Array): ImageHeader | undefined {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const measure: Measure = { width: 0, height: 0, orientation: 1, depth: 4 };
  const found = (mime: ImageHeader['mime'], read: (source: Buffer, into: Measure) => void) => {
    read(source, measure);
    return measure.width > 0 && measure.height > 0 ? { mime, ...measure } : undefined;
  };
  const begins = (text: string, at = 0) => source.toString('latin1', at, at + text.length) === text;
  if (begins('\x89PNG\r\n\x1a\n')) return found('image/png', readPng);
  if (begins('\xff\xd8\xff')) return found('image/jpeg', readJpeg);
  if (begins('RIFF') && begins('WEBP', 8)) return found('image/webp', readWebp);
  if (begins('GIF87a') || begins('GIF89a')) return found('image/gif', readGif);
  return undefined;
}

function grow(into: Measure, width: number, height: number): void {
  into.width = Math.max(into.width, width);
  into.height = Math.max(into.height, height);
}

/** PNG (third edition) clause 5.3: length, type, data, CRC. */
function readPng(source: Buffer, into: Measure): void {
  for (let at = 8; at + 12 <= source.length; ) {
    const length = source.readUInt32BE(at);
    const type = source.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > source.length) return;
    if (type === 'IHDR' && length >= 9) {
      grow(into, source.readUInt32BE(at + 8), source.readUInt32BE(at + 12));
      if (source[at + 16] === 16) into.depth = 8;
    }
    if (type === 'eXIf') into.orientation = exifOrientation(source.subarray(at + 8, at + 8 + length));
    at = end;
  }
}

/** ISO/IEC 10918-1 annex B. Frames after the first scan are looked for too, since a decoder may follow them. */
function readJpeg(source: Buffer, into: Measure): void {
  for (let at = source.indexOf(0xff, 2); at >= 0 && at + 4 <= source.length; ) {
    const marker = source[at + 1]!;
    const alone = marker === 0 || marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);
    if (alone) {
      at = source.indexOf(0xff, at + (marker === 0xff ? 1 : 2));
      continue;
    }
    const body = at + 4;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame && body + 5 <= source.length) grow(into, source.readUInt16BE(body + 3), source.readUInt16BE(body + 1));
    const end = at + 2 + source.readUInt16BE(at + 2);
    if (marker === 0xe1 && source.toString('latin1', body, body + 6) === 'Exif\0\0') {
      into.orientation = exifOrientation(source.subarray(body + 6, end));
    }
    at = source.indexOf(0xff, end);
  }
}

/** RFC 9649 section 2. */
function readWebp(source: Buffer, into: Measure): void {
  for (let at = 12; at + 8 <= source.length; ) {
    const size = source.readUInt32LE(at + 4);
    const type = source.toString('latin1', at, at + 4);
    const body = at + 8;
    if (body + 10 <= source.length) {
      if (type === 'VP8X') grow(into, source.readUIntLE(body + 4, 3) + 1, source.readUIntLE(body + 7, 3) + 1);
      if (type === 'VP8 ') grow(into, source.readUInt16LE(body + 6) & 0x3fff, source.readUInt16LE(body + 8) & 0x3fff);
      if (type === 'VP8L') {
        const bits = source.readUInt32LE(body + 1);
        grow(into, (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
      }
    }
    if (type === 'ANMF' && body + 12 <= source.length) {
      grow(into, source.readUIntLE(body + 6, 3) + 1, source.readUIntLE(body + 9, 3) + 1);
    }
    if (type === 'EXIF') {
      const data = source.subarray(body, body + size);
      const prefixed = data.toString('latin1', 0, 6) === 'Exif\0\0';
      into.orientation = exifOrientation(prefixed ? data.subarray(6) : data);
    }
    at = body + size + (size % 2);
  }
}

/** GIF89a sections 18 to 25: the screen and each frame's own rectangle. */
function readGif(source: Buffer, into: Measure): void {
  if (source.length < 13) return;
  grow(into, source.readUInt16LE(6), source.readUInt16LE(8));
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const afterBlocks = (start: number) => {
    let at = start;
    while (at < source.length && source[at] !== 0) at += source[at]! + 1;
    return at + 1;
  };
  for (let at = 13 + table(source[10]!); at + 10 <= source.length; ) {
    if (source[at] === 0x21) at = afterBlocks(at + 2);
    else if (source[at] === 0x2c) {
      grow(into, source.readUInt16LE(at + 5), source.readUInt16LE(at + 7));
      at = afterBlocks(at + 11 + table(source[at + 9]!));
    } else return;
  }
}
