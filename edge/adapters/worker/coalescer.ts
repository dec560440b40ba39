/** Each caller runs its own: workerd may drop the request that a shared promise belongs to, and all who wait with it. */
import type { Coalescer } from '../../../schemas/ports/index.ts';

export const separateCoalescer: Coalescer = { once: (_key, work) => work() };
