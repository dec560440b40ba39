/**
 * Gives back the file descriptors of closed connections. libsql 0.5 frees them only when the statements of a
 * connection are collected, which a quiet process may not do for hours: past a bound, collection is asked for.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MAX_PENDING = 256;
let pending = 0;
let collect: (() => void) | undefined;

const registry = new FinalizationRegistry<undefined>(() => {
  pending = Math.max(0, pending - 1);
});

/** Call after closing; `connection` is the object that owns the statements. */
export function countRelease(connection: object): void {
  pending += 1;
  registry.register(connection, undefined);
  if (pending < MAX_PENDING) return;
  collect ??= exposeCollector();
  collect();
  pending = 0;
}

function exposeCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
