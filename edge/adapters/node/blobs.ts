/** Files' bytes in a folder: written aside, flushed to the disk, then renamed to their place. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BlobRange, BlobSizeError, type Blobs, blobKey, type StoredBlob } from '../../../schemas/ports/blobs.ts';

const CHUNK = 64 * 1024;
const MOST_KEYS = 1000;

/** Creates the folder when it is first written to. */
export function createFolderBlobs({ folder }: { readonly folder: string }): Blobs {
  const pathOf = (key: string) => join(folder, blobKey(key));
  const aside = join(folder, '.incoming');

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
