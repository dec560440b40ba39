/** Gathers what the screens of one client need: the client, its modules, and their manifests. */
import { extendedManifests } from '../../schemas/module/extension.ts';
import type { Api } from '../api/api.ts';
import type { ClientSpace } from '../api/contexts.ts';
import { type ManifestJson, moduleName } from '../api/manifest-reader.ts';

const readManifest = async (api: Api, name: string): Promise<ManifestJson | null> => {
  const key = `manifest:${name}`;
  const known = api.cache.peek<ManifestJson>(key);
  if (known) return known;
  return api.cache.load(key, async () => (await api.control.module(name)).manifest as ManifestJson);
};

export const loadSpace = async (api: Api, clientId: string): Promise<ClientSpace> => {
  const [client, installations] = await Promise.all([
    api.control.client(clientId),
    api.control.installations(clientId),
  ]);
  const manifests = new Map<string, ManifestJson>();
  let wanted = installations.map(installation => installation.module);
  while (wanted.length > 0) {
    const read = await Promise.all(wanted.map(name => readManifest(api, name).catch(() => null)));
    const found = read.filter(manifest => manifest !== null);
    for (const manifest of found) manifests.set(moduleName(manifest), manifest);
    wanted = found.flatMap(manifest => Object.keys(manifest.requires ?? {})).filter(name => !manifests.has(name));
    wanted = [...new Set(wanted)];
  }
  // What one module adds to another's records is edited where those are.
  const linked = extendedManifests([...manifests.values()], ['admin', 'staff']);
  return {
    client,
    installations,
    manifests: new Map(linked.map(manifest => [moduleName(manifest), manifest])),
    shown: [...manifests.keys()],
  };
};
