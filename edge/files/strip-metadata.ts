/** Takes out of an image what tells where, when and with what it was taken; the pixels stay byte for byte (FI-06). */
import { Buffer } from 'node:buffer';
import { orientationSegment } from '../images/exif.ts';
import { readHeader } from '../images/header.ts';

/** Images of these types can be cleaned. */
export const strippable: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Undefined where the image is not well formed, so that nothing unclean is kept in its place. */
export function stripMetadata(mime: string, bytes: Uint8Array): Uint8Array | undefined {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (mime) {
    case 'image/jpeg':
      return stripJpeg(source);
    case 'image/png':
      return stripPng(source);
    case 'image/webp':
      return stripWebp(source);
    default:
      return undefined;
  }
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;

/**
 * ISO/IEC 10918-1 annex B: markers with their length. JFIF (APP0), the colour profile (APP2) and Adobe's colour transform (APP14)
 * decide how pixels look and stay; EXIF, XMP, IPTC, comments and whatever follows the image go. Which way is up, which lies in EXIF,
 * is written anew, alone.
 */
function stripJpeg(source: Buffer): Uint8Array | undefined {
  if (source.readUInt16BE(0) !== (0xff00 | SOI)) return undefined;
  const kept: Uint8Array[] = [source.subarray(0, 2)];
  const orientation = readHeader(source)?.orientation ?? 1;
  if (orientation !== 1) kept.push(orientationSegment(orientation));
  let at = 2;
  while (at + 4 <= source.length) {
    if (source[at] !== 0xff) return undefined;
    const marker = source[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) {
      kept.push(source.subarray(at, at + 2));
      return Buffer.concat(kept);
    }
    const end = at + 2 + source.readUInt16BE(at + 2);
    if (end > source.length) return undefined;
    const isMetadata = marker === COM || (marker >= APP0 && marker <= APP15 && !keptSegment(source, marker, at + 4));
    if (!isMetadata) kept.push(source.subarray(at, end));
    at = end;
    if (marker === SOS) {
      const scanEnd = endOfScan(source, at);
      if (scanEnd === undefined) return undefined;
      kept.push(source.subarray(at, scanEnd));
      at = scanEnd;
    }
  }
  if (at + 2 === source.length && source.readUInt16BE(at) === (0xff00 | EOI)) {
    kept.push(source.subarray(at));
    return Buffer.concat(kept);
  }
  return undefined;
}

const keptSegment = (source: Buffer, marker: number, at: number): boolean =>
  (marker === APP0 && source.toString('latin1', at, at + 5) === 'JFIF\0') ||
  (marker === APP2 && source.toString('latin1', at, at + 12) === 'ICC_PROFILE\0') ||
  (marker === APP14 && source.toString('latin1', at, at + 5) === 'Adobe');

/** Where the coded data end: at a marker that is neither a stuffed zero nor a restart. */
function endOfScan(source: Buffer, start: number): number | undefined {
  for (let at = source.indexOf(0xff, start); at >= 0 && at + 1 < source.length; at = source.indexOf(0xff, at + 1)) {
    const next = source[at + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return undefined;
}

/** PNG (third edition) chunks that say how pixels look; the rest is text, time, EXIF or private. */
const pngKept = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '),
);

function stripPng(source: Buffer): Uint8Array | undefined {
  const kept: Buffer[] = [source.subarray(0, 8)];
  for (let at = 8; at + 12 <= source.length; ) {
    const end = at + 12 + source.readUInt32BE(at);
    if (end > source.length) return undefined;
    const type = source.toString('latin1', at + 4, at + 8);
    if (pngKept.has(type)) kept.push(source.subarray(at, end));
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  return undefined;
}

/** RFC 9649 section 2: chunks that make the picture; EXIF, XMP and unknown ones go. */
const webpKept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Bits in VP8X that announce EXIF and XMP. */
const EXIF_AND_XMP = 0x08 | 0x04;

function stripWebp(source: Buffer): Uint8Array | undefined {
  if (source.length < 12) return undefined;
  const length = Math.min(source.length, 8 + source.readUInt32LE(4));
  const kept: Buffer[] = [];
  let at = 12;
  while (at + 8 <= length) {
    const size = source.readUInt32LE(at + 4);
    // Chunks are padded to an even length.
    const end = at + 8 + size + (size % 2);
    if (at + 8 + size > length) return undefined;
    const type = source.toString('latin1', at, at + 4);
    if (webpKept.has(type)) {
      const chunk = Buffer.from(source.subarray(at, end));
      if (type === 'VP8X') chunk[8] = chunk[8]! & ~EXIF_AND_XMP;
      kept.push(chunk);
    }
    at = end;
  }
  if (kept.length === 0) return undefined;
  const body = Buffer.concat(kept);
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  header.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([header, body]);
}
