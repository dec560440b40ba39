/** Keeps a module from being removed under those who use it. */
import { and, eq, isNull, ne } from 'drizzle-orm';
import { Problem } from '../../schemas/errors/index.ts';
import type { ManifestJson } from '../../schemas/module/index.ts';
import { installation, moduleVersion, site, siteModule } from '../control/schema.ts';
import type { ControlDeps } from './deps.ts';

/** Throws IN_USE, naming the sites that show it and the modules that require it. */
export async function refuseInUse({ db }: ControlDeps, clientId: string, name: string): Promise<void> {
  const [shown, others] = await db.batch([
    db
      .select({ name: site.name })
      .from(siteModule)
      .innerJoin(site, eq(site.id, siteModule.siteId))
      .where(
        and(
          eq(site.clientId, clientId),
          isNull(site.deletedAt),
          eq(siteModule.module, name),
          eq(siteModule.enabled, true),
        ),
      ),
    db
      .select({ module: installation.module, manifest: moduleVersion.manifest })
      .from(installation)
      .innerJoin(
        moduleVersion,
        and(eq(moduleVersion.module, installation.module), eq(moduleVersion.version, installation.version)),
      )
      .where(and(eq(installation.clientId, clientId), ne(installation.module, name))),
  ]);
  const dependants = others
    .filter(({ manifest }) => name in ((manifest as Partial<ManifestJson>).requires ?? {}))
    .map(({ module }) => module);
  if (dependants.length > 0) {
    throw Problem.of('IN_USE', { detail: `${dependants.join(', ')} requires ${name}. Remove that first.` });
  }
  if (shown.length > 0) {
    const sites = shown.map(row => row.name).join(', ');
    throw Problem.of('IN_USE', {
      detail: `${name} is shown on ${sites}. Switch it off there first; its records stay.`,
    });
  }
}
