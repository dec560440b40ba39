/** An installation of two clients in a folder of its own, for as long as `work` takes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultsWorld, startFaultsWorld, storeFile } from '../../tests/support/faults-world.ts';

export interface Held {
  world: FaultsWorld;
  /** Of the salon's store. */
  readonly file: string;
}

/** `held.world` is replaced where the host is started again. */
export async function withInstallation<T>(work: (held: Held) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-bench-faults-'));
  const world = await startFaultsWorld(folder);
  const held: Held = { world, file: await storeFile(world, world.salon) };
  try {
    return await work(held);
  } finally {
    await held.world.host.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Figures beside their target, in milliseconds: the worst of them meets it or not. */
export function judged(ms: readonly number[], target: number): object {
  const worst = Math.max(...ms);
  return { ms: ms.map(Math.round), worst: Math.round(worst), target, meets: worst <= target };
}
