/** Limits that hold across isolates: each key is counted by one of a few Durable Objects. */
import type { Limiter, LimitVerdict } from '../../../schemas/ports/index.ts';

/** What a shard answers; see limiter-shard.ts. */
export interface ShardStub {
  take(key: string, limit: number, windowSeconds: number, cost: number): Promise<LimitVerdict>;
}

/** The part of a `DurableObjectNamespace` that is used. */
export interface ShardNamespace {
  getByName(name: string): ShardStub;
}

const SHARDS = 64;

export function createShardedLimiter(namespace: ShardNamespace): Limiter {
  return {
    // A stub's reply is a thenable whose every member seems to exist, so a real promise is made of it.
    take: async (key, limit, windowSeconds, cost = 1) =>
      namespace.getByName(`shard-${shardOf(key)}`).take(key, limit, windowSeconds, cost),
  };
}

/** FNV-1a: spreads keys evenly and costs nothing. */
function shardOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % SHARDS;
}
