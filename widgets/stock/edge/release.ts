/** Takes promises back. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import type { stock } from '../module.ts';
import { moveAll } from './change.ts';

export const release: ActionHandler<typeof stock, 'release'> = async ({ items, source }, ctx) => {
  await moveAll(ctx, items, { kind: 'release', reserved: -1, source });
};
