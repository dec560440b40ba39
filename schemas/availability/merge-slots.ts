/** Bringing the starts of several resources together. */

/** A start in epoch milliseconds and the ids of the resources that are free then. */
export interface SharedSlot {
  readonly start: number;
  readonly resources: readonly string[];
}

/** Every start that at least one resource has, ascending; resources keep the order of the map, which is the caller's preference. */
export const mergeSlots = (byResource: ReadonlyMap<string, readonly number[]>): SharedSlot[] => {
  const slots = new Map<number, string[]>();
  for (const [id, starts] of byResource) {
    for (const start of starts) {
      const resources = slots.get(start);
      if (!resources) slots.set(start, [id]);
      else if (resources.at(-1) !== id) resources.push(id);
    }
  }
  return [...slots].sort(([a], [b]) => a - b).map(([start, resources]) => ({ start, resources }));
};

/** Ids once each in one fixed order, so that two requests for the same resources take them in the same order and neither waits for the other. */
export const claimOrder = (ids: Iterable<string>): string[] => [...new Set(ids)].sort();
