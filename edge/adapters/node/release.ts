/**
 * Gives back the file descriptors of closed connections. libsql 0.5 frees them only when the statements of a connection
 * are collected. Those that were dropped after their run are, soon, as any short-lived object; for the rest, collection is
 * asked for once more descriptors are open than the open connections explain.
 */
import { readdirSync, statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Closed connections between two looks. */
const LOOK_EVERY = 4;
/** A database, its log and the log's index. */
const DESCRIPTORS_OF_ONE = 3;
/** Descriptors above the fewest seen since the young generation was collected, before it is collected again. */
const YOUNG_SLACK = 24;
/** Descriptors above the fewest seen since everything was collected, before it is again. */
const OLD_SLACK = 72;
/** Looks until it is asked for where the system does not say how many are open. */
const MOST_BLIND = 64;

type Collection = 'minor' | 'major';

let closed = 0;
let blind = 0;
/** The fewest descriptors beside the open connections' since the last collection of each kind. */
let afterMinor = Number.POSITIVE_INFINITY;
let afterMajor = Number.POSITIVE_INFINITY;
let collect: ((options: { readonly type: Collection }) => void) | undefined;

/** Call after a connection was closed, with how many are open still. */
export function countRelease(open: number): void {
  if (++closed < LOOK_EVERY) return;
  closed = 0;
  const type = due(open);
  if (type === undefined) return;
  // What is still there at the next look belongs to older statements, or to sockets and the like.
  afterMinor = Number.POSITIVE_INFINITY;
  if (type === 'major') afterMajor = Number.POSITIVE_INFINITY;
  collect ??= exposeCollector();
  collect({ type });
}

/** The young generation takes a millisecond, everything some dozen. */
function due(open: number): Collection | undefined {
  const all = descriptors();
  if (all === undefined) {
    blind = (blind + 1) % MOST_BLIND;
    return blind === 0 ? 'major' : undefined;
  }
  const others = all - open * DESCRIPTORS_OF_ONE;
  afterMinor = Math.min(afterMinor, others);
  afterMajor = Math.min(afterMajor, others);
  if (others > afterMajor + OLD_SLACK) return 'major';
  return others > afterMinor + YOUNG_SLACK ? 'minor' : undefined;
}

/** On Linux, whose kernels say it as the folder's size from 6.2 on; undefined elsewhere. */
function descriptors(): number | undefined {
  try {
    return statSync('/proc/self/fd').size || readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}

function exposeCollector(): NonNullable<typeof collect> {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as NonNullable<typeof collect>;
}
