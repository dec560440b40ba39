/** What the verbs of stock share: several items at once, each with a row in the journal. */
import type { Context, RowOf } from '../../../schemas/module/index.ts';
import type { stock } from '../module.ts';

export type StockContext = Context<typeof stock>;
export type Level = RowOf<typeof stock, 'level'>;

export interface Quantity {
  readonly item: string;
  readonly quantity: number;
}

interface Change {
  readonly kind: 'reserve' | 'release' | 'take' | 'put';
  /** What one unit does to the level. */
  readonly onHand?: 1 | -1;
  readonly reserved?: 1 | -1;
  readonly source?: string | null | undefined;
}

/** One entry for each item, so that a thing named twice is judged by its sum. */
export const summed = <T extends Quantity>(items: readonly T[]): T[] =>
  [...Map.groupBy(items, ({ item }) => item).values()].map(same => ({
    ...same[0]!,
    quantity: same.reduce((sum, { quantity }) => sum + quantity, 0),
  }));

export const levelsOf = async (ctx: StockContext, items: readonly string[]): Promise<ReadonlyMap<string, Level>> => {
  const where = { item: { in: [...new Set(items)] } };
  const levels = items.length > 0 ? await ctx.asSystem().level.list({ where }) : [];
  return new Map(levels.map(level => [level.item, level]));
};

/** Throws UNKNOWN_ITEM where no stock is kept of one. */
export const requireLevel = (ctx: StockContext, levels: ReadonlyMap<string, Level>, item: string): Level =>
  levels.get(item) ?? ctx.fail('UNKNOWN_ITEM', { detail: `No stock is kept of ${item}.` });

/** Adds to a level in the commit, whose constraints have the last word, and writes it down. */
export const move = (ctx: StockContext, level: Pick<Level, 'id'>, quantity: number, change: Change): void => {
  const { kind, onHand = 0, reserved = 0, source } = change;
  const db = ctx.asSystem();
  db.level.add(level.id, {
    ...(onHand ? { onHand: onHand * quantity } : {}),
    ...(reserved ? { reserved: reserved * quantity } : {}),
  });
  db.movement.create({ level: level.id, kind, quantity, source: source ?? null });
};

/** The same change of several items. Throws UNKNOWN_ITEM. */
export const moveAll = async (ctx: StockContext, items: readonly Quantity[], change: Change): Promise<void> => {
  const wanted = summed(items);
  const levels = await levelsOf(
    ctx,
    wanted.map(({ item }) => item),
  );
  for (const { item, quantity } of wanted) move(ctx, requireLevel(ctx, levels, item), quantity, change);
};
