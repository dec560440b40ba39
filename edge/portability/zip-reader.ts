/** Reads a ZIP archive by its central directory, member by member, and refuses what an honest writer would not have written. */
import { Buffer } from 'node:buffer';
import { Problem } from '../../schemas/errors/index.ts';
import type { Blobs } from '../../schemas/ports/index.ts';

export interface ZipLimits {
  readonly maxEntries: number;
  /** Bytes of all members together, unpacked. */
  readonly maxBytes: number;
  /** The only names there may be: no folder leads anywhere else. */
  readonly names: RegExp;
}

export interface ZipEntry {
  readonly name: string;
  /** Unpacked. */
  readonly size: number;
  read(): AsyncIterable<Uint8Array>;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record and the longest comment it may have. */
const TAIL = 22 + 65_535;
const MAX_DIRECTORY = 8 * 1024 * 1024;
const WIDE = 0xffffffff;

const invalid = (detail: string) => Problem.of('VALIDATION_FAILED', { detail });
const tooLarge = (detail: string) => Problem.of('PAYLOAD_TOO_LARGE', { detail });

/** Throws VALIDATION_FAILED, and PAYLOAD_TOO_LARGE for too many members or bytes; nothing is unpacked to find out. */
export async function readZip(blobs: Blobs, key: string, limits: ZipLimits): Promise<Map<string, ZipEntry>> {
  const size = (await blobs.get(key, { offset: 0, length: 1 }))?.size ?? 0;
  const slice = (offset: number, length: number) => bytesOf(blobs, key, offset, length);
  const tail = await slice(Math.max(0, size - TAIL), TAIL);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > tail.length || tail.readUInt32LE(end) !== END) throw invalid('This is not a ZIP archive.');
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  // All ones mean that the number stands in a 64-bit record: there are more than fit here.
  if (count > limits.maxEntries) throw tooLarge(`An archive may have ${limits.maxEntries} members.`);
  if (length > MAX_DIRECTORY) throw tooLarge("The archive's directory is too long.");
  if (offset + length > size) throw invalid("The archive's directory is cut off.");
  const directory = await slice(offset, length);
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL)
      throw invalid('The directory is damaged.');
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const header = directory.subarray(at, at + 46);
    const name = directory.toString('utf8', at + 46, nameEnd);
    const entry = checked(header, name, limits);
    total += entry.size;
    if (total > limits.maxBytes) throw tooLarge(`Unpacked, an archive may have ${limits.maxBytes} bytes.`);
    if (entries.has(name)) throw invalid(`"${name}" is in the archive twice.`);
    entries.set(name, { name, size: entry.size, read: () => unpack(blobs, key, slice, entry) });
    at = nameEnd + header.readUInt16LE(30) + header.readUInt16LE(32);
  }
  return entries;
}

interface Place {
  readonly name: string;
  readonly size: number;
  readonly packed: number;
  readonly deflated: boolean;
  readonly offset: number;
}

function checked(header: Buffer, name: string, { names, maxBytes }: ZipLimits): Place {
  const shown = JSON.stringify(name.slice(0, 80));
  if (!names.test(name)) throw invalid(`${shown} has no place in this archive.`);
  const isUnix = header.readUInt16LE(4) >> 8 === 3;
  const type = (header.readUInt32LE(38) >>> 16) & 0xf000;
  if (isUnix && type !== 0 && type !== 0x8000) throw invalid(`${shown} is not a plain file.`);
  const method = header.readUInt16LE(10);
  if ((header.readUInt16LE(8) & 1) === 1 || (method !== 0 && method !== 8))
    throw invalid(`${shown} cannot be unpacked.`);
  const packed = header.readUInt32LE(20);
  const size = header.readUInt32LE(24);
  if (size === WIDE || packed === WIDE || size > maxBytes) throw tooLarge(`${shown} is too large.`);
  return { name, size, packed, deflated: method === 8, offset: header.readUInt32LE(42) };
}

/** Gives as many bytes as the directory promised, or fails. */
async function* unpack(
  blobs: Blobs,
  key: string,
  slice: (offset: number, length: number) => Promise<Buffer>,
  { name, size, packed, deflated, offset }: Place,
): AsyncGenerator<Uint8Array> {
  const damaged = () => invalid(`${JSON.stringify(name)} is damaged.`);
  const local = await slice(offset, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL) throw damaged();
  const start = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const found = packed === 0 ? undefined : await blobs.get(key, { offset: start, length: packed });
  if (packed > 0 && !found) throw damaged();
  let seen = 0;
  try {
    const bytes = found?.body ?? emptyBody();
    for await (const chunk of deflated ? inflate(bytes) : bytes) {
      seen += chunk.byteLength;
      if (seen > size) throw damaged();
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Problem ? error : damaged();
  }
  if (seen !== size) throw damaged();
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

/** RFC 1951, a piece at a time: the next is asked for when the last was taken. */
async function* inflate(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const written = (async () => {
    try {
      for await (const chunk of body) await writer.write(new Uint8Array(chunk));
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => {});
    }
  })();
  const reader = stream.readable.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => {});
    await written;
  }
}

async function bytesOf(blobs: Blobs, key: string, offset: number, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const blob = await blobs.get(key, { offset, length });
  if (blob) for await (const part of blob.body) parts.push(part);
  return Buffer.concat(parts);
}
