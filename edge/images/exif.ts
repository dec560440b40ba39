/** The one thing of EXIF that decides how an image looks: which way is up. */
import { Buffer } from 'node:buffer';

const ORIENTATION = 0x0112;

/** `tiff` begins at the byte order (EXIF 2.32 section 4.5.2). 1, upright, where nothing valid is said. */
export function exifOrientation(tiff: Uint8Array): number {
  const source = Buffer.from(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const order = source.toString('latin1', 0, 2);
  if (source.length < 14 || (order !== 'II' && order !== 'MM')) return 1;
  const u16 = (at: number) => (order === 'II' ? source.readUInt16LE(at) : source.readUInt16BE(at));
  const start = order === 'II' ? source.readUInt32LE(4) : source.readUInt32BE(4);
  if (start + 2 > source.length) return 1;
  for (let i = 0, entries = u16(start); i < entries; i++) {
    const at = start + 2 + 12 * i;
    if (at + 12 > source.length) return 1;
    if (u16(at) !== ORIENTATION) continue;
    const value = u16(at + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A JPEG segment that says the orientation and nothing else. */
export function orientationSegment(orientation: number): Uint8Array {
  const segment = Buffer.from(
    '\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0',
    'latin1',
  );
  segment.writeUInt16BE(orientation, 28);
  return segment;
}
