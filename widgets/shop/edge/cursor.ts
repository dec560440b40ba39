/** Where a page of products ends, as opaque text. */
import { Buffer } from 'node:buffer';
import type { WhereOf } from '../../../schemas/module/index.ts';
import type { Product, ShopContext, ShopModule } from './context.ts';

type Place = readonly [position: number, name: string, id: string];

export const cursorOf = ({ position, name, id }: Product): string =>
  Buffer.from(JSON.stringify([position, name, id] satisfies Place)).toString('base64url');

const placeOf = (cursor: string): Place | undefined => {
  try {
    const [position, name, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const isPlace = Number.isSafeInteger(position) && typeof name === 'string' && typeof id === 'string';
    return isPlace ? [position as number, name, id] : undefined;
  } catch {
    return undefined;
  }
};

/** What comes behind it, in the order of position, name, id. Throws UNKNOWN_PAGE. */
export const after = (ctx: ShopContext, cursor: string | null | undefined): WhereOf<ShopModule, 'product'>[] => {
  if (!cursor) return [];
  const [position, name, id] = placeOf(cursor) ?? ctx.fail('UNKNOWN_PAGE');
  const same = { position: { eq: position } };
  return [
    {
      or: [
        { position: { gt: position } },
        { ...same, name: { gt: name } },
        { ...same, name: { eq: name }, id: { gt: id } },
      ],
    },
  ];
};
