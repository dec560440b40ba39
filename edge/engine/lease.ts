/** Leases on work: a runner that dies loses its own, one that takes long renews it. */

/** How long a claim holds without being renewed. */
export const leaseMs = 30_000;

/** Renews while `run` runs. A renewal that fails is tried again by the next; a lease lost shows when the work is committed. */
export async function whileHolding(renew: () => Promise<unknown>, run: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => void renew().catch(() => {}), leaseMs / 3);
  try {
    await run();
  } finally {
    clearInterval(timer);
  }
}

/** The work was taken by another runner, or taken back: nothing of this run is kept. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}
