/** Built browser files from a folder on disk. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asset, Assets } from '../../../schemas/ports/index.ts';
import { contentTypeOf, isAssetPath } from '../content-types.ts';

export interface FolderAssetsOptions {
  readonly folder: string;
  /** Keeps what was read for as long as the process lives; off while files are being rebuilt. */
  readonly cache: boolean;
}

interface FileAsset extends Asset {
  readonly body: Uint8Array;
}

export function createFolderAssets({ folder, cache }: FolderAssetsOptions): Assets {
  // Only files that exist are kept, so the folder bounds the cache.
  const kept = new Map<string, FileAsset>();

  async function get(path: string): Promise<FileAsset | undefined> {
    const known = kept.get(path);
    if (known !== undefined) return known;
    if (!isAssetPath(path)) return undefined;
    const asset = await load(join(folder, path), path);
    if (cache && asset !== undefined) kept.set(path, asset);
    return asset;
  }

  return {
    get,
    async text(path) {
      const asset = await get(path);
      return asset === undefined ? undefined : new TextDecoder().decode(asset.body);
    },
  };
}

async function load(file: string, path: string): Promise<FileAsset | undefined> {
  try {
    const bytes = await readFile(file);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    return {
      body: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      contentType: contentTypeOf(path),
      etag,
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
