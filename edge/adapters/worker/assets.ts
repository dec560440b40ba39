/** Built browser files from the Worker's assets binding. */
import type { Asset, Assets } from '../../../schemas/ports/index.ts';
import { contentTypeOf, isAssetPath } from '../content-types.ts';

/** The part of the binding that is used; Cloudflare calls it `Fetcher`. */
export interface AssetsBinding {
  fetch(url: string): Promise<Response>;
}

export function createBoundAssets(binding: AssetsBinding): Assets {
  async function find(path: string): Promise<Response | undefined> {
    if (!isAssetPath(path)) return undefined;
    // The host does not matter to the binding, only the path does.
    const response = await binding.fetch(`https://assets.local/${path}`);
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 404 || (response.status >= 300 && response.status < 400)) return undefined;
    throw new Error(`The assets binding answered ${response.status} for ${path}.`);
  }

  return {
    async get(path): Promise<Asset | undefined> {
      const response = await find(path);
      if (response?.body == null) return undefined;
      return { body: response.body, contentType: contentTypeOf(path), etag: response.headers.get('etag') ?? undefined };
    },
    async text(path) {
      return (await find(path))?.text();
    },
  };
}
