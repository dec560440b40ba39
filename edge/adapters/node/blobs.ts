/** Files' bytes in a folder: written aside, flushed to the disk, then renamed to their place. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  BlobPartsError,
  type BlobRange,
  BlobSizeError,
  type Blobs,
  blobKey,
  type StoredBlob,
} from '../../../schemas/ports/blobs.ts';

const CHUNK = 64 * 1024;
const MOST_KEYS = 1000;
const ATTEMPT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Creates the folder when it is first written to. */
export function createFolderBlobs({ folder }: { readonly folder: string }): Blobs {
  const pathOf = (key: string) => join(folder, blobKey(key));
  const aside = join(folder, '.incoming');
  /** A part's name holds its tag, so that one that was replaced meanwhile is not taken for the other. */
  const partsOf = (attempt: string) => {
    if (!ATTEMPT.test(attempt)) throw new TypeError('That is no attempt at an object in parts.');
    return join(aside, attempt);
  };

  return {
    async put(key, body, size) {
      const path = pathOf(key);
      await mkdir(aside, { recursive: true });
      await mkdir(dirname(path), { recursive: true });
      const temporary = join(aside, randomUUID());
      try {
        await writeWhole(temporary, body, size);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
    },
    async get(key, range) {
      const handle = await open(pathOf(key), 'r').catch(absent);
      if (!handle) return undefined;
      const { size } = await handle.stat();
      await handle.close();
      return { size, body: read(pathOf(key), size, range) } satisfies StoredBlob;
    },
    async delete(keys) {
      for (const key of keys) await rm(pathOf(key), { force: true });
    },
    async list(client) {
      const prefix = dirname(blobKey(`${client}/x`));
      const names = (await readdir(join(folder, prefix)).catch(absent)) ?? [];
      return names.slice(0, MOST_KEYS).map(name => `${prefix}/${name}`);
    },
    async startParts(key) {
      blobKey(key);
      const attempt = randomUUID();
      await mkdir(partsOf(attempt), { recursive: true });
      return attempt;
    },
    async putPart(_key, attempt, number, body, size) {
      const tag = randomUUID();
      const path = join(partsOf(attempt), `${number}-${tag}`);
      try {
        await writeWhole(`${path}.part`, body, size);
        await rename(`${path}.part`, path);
      } catch (error) {
        await rm(`${path}.part`, { force: true });
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new BlobPartsError('The attempt is over.') : error;
      }
      const others = (await readdir(partsOf(attempt))).filter(
        name => name.startsWith(`${number}-`) && !path.endsWith(name),
      );
      for (const name of others) if (!name.endsWith('.part')) await rm(join(partsOf(attempt), name), { force: true });
      return tag;
    },
    async joinParts(key, attempt, parts) {
      const path = pathOf(key);
      const temporary = join(aside, randomUUID());
      const sources = parts.map(({ number, tag }) => join(partsOf(attempt), `${number}-${tag}`));
      await mkdir(dirname(path), { recursive: true });
      try {
        await joinFiles(temporary, sources);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new BlobPartsError('A part is not there.') : error;
      }
      await syncFolder(dirname(path));
      await rm(partsOf(attempt), { recursive: true, force: true });
    },
    async dropParts(_key, attempt) {
      await rm(partsOf(attempt), { recursive: true, force: true });
    },
  };
}

async function writeWhole(path: string, body: AsyncIterable<Uint8Array>, size: number): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    let written = 0;
    for await (const chunk of body) {
      written += chunk.byteLength;
      if (written > size) throw new BlobSizeError(`More than ${size} bytes came.`);
      await handle.writeFile(chunk);
    }
    if (written < size) throw new BlobSizeError(`${written} of ${size} bytes came.`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function joinFiles(path: string, sources: readonly string[]): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    for (const source of sources) {
      const { size } = await stat(source);
      for await (const chunk of read(source, size)) await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Opened when the first byte is asked for, so that a reply nobody reads holds no descriptor. */
async function* read(path: string, size: number, range?: BlobRange): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const end = range ? Math.min(size, range.offset + range.length) : size;
    for (let at = range?.offset ?? 0; at < end; ) {
      const { bytesRead, buffer } = await handle.read(
        new Uint8Array(Math.min(CHUNK, end - at)),
        0,
        Math.min(CHUNK, end - at),
        at,
      );
      if (bytesRead === 0) throw new BlobSizeError('The file became shorter while it was read.');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** A renamed file lasts only once its folder is on the disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
