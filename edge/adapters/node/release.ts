/**
 * Gives back the file descriptors of closed connections. libsql 0.5 frees them only when the statements of a connection
 * are collected. Those that were run once are, soon, as any short-lived object; for the rest, collection is asked for once
 * more descriptors are open than the open connections explain.
 */
import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Closed connections between two looks. */
const LOOK_EVERY = 16;
/** A database, its log and the log's index. */
const DESCRIPTORS_OF_ONE = 3;
/** Descriptors above the fewest that were seen beside the open connections', before collection is asked for. */
const SLACK = 48;
/** Looks until it is asked for where the system does not say how many are open. */
const MOST_BLIND = 16;

type Collection = 'minor' | 'major';

let closed = 0;
let blind = 0;
let fewest = Number.POSITIVE_INFINITY;
let last: Collection | undefined;
let collect: ((options: { readonly type: Collection }) => void) | undefined;

/** Call after a connection was closed, with how many are open still. */
export function countRelease(open: number): void {
  if (++closed < LOOK_EVERY) return;
  closed = 0;
  last = due(open);
  if (last === undefined) return;
  collect ??= exposeCollector();
  collect({ type: last });
}

/** The young generation first, which takes a millisecond; everything where that did not help. */
function due(open: number): Collection | undefined {
  const all = descriptors();
  if (all === undefined) {
    blind = (blind + 1) % MOST_BLIND;
    return blind === 0 ? 'major' : undefined;
  }
  const others = all - open * DESCRIPTORS_OF_ONE;
  // What is still there after a whole collection belongs to sockets and the like.
  fewest = last === 'major' ? others : Math.min(fewest, others);
  if (others <= fewest + SLACK) return undefined;
  return last === 'minor' ? 'major' : 'minor';
}

/** On Linux; undefined elsewhere. */
function descriptors(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}

function exposeCollector(): NonNullable<typeof collect> {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as NonNullable<typeof collect>;
}
