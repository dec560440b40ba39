/** What the load generator is told, and what it answers. */

/** One request. `{name}` in the path, a header or the body stands for a value of `vary`, `{n}` for the number of the operation, `{kept}` for what the step before kept. */
export interface Step {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Any other status ends the run. */
  readonly status: number;
  /** A member of the reply's `data` that the next step needs. */
  readonly keep?: string;
}

export interface Job {
  /** On loopback; no other host is ever called. */
  readonly port: number;
  readonly connections: number;
  /** Operations that come each second, at moments drawn as a Poisson process draws them, each timed from when it was due; without it each connection begins its next as soon as one has ended. */
  readonly arrivals?: number;
  readonly seconds: number;
  /** Operations at most. */
  readonly most: number;
  /** Number of the first operation, so that what must be unique stays so over several runs. */
  readonly first: number;
  /** An operation: its steps one after another on one connection. */
  readonly steps: readonly Step[];
  /** Operation `n` takes value `n` of each list, from the start again after the last. */
  readonly vary: Readonly<Record<string, readonly string[]>>;
}

export interface Load {
  readonly operations: number;
  /** Operations a second. */
  readonly rps: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The first reply that was not as expected. */
  readonly failure?: string;
}
