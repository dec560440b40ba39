/** Lets concurrent callers share one run of the same work, where a promise may outlive the request that made it. */
export interface Coalescer {
  /** While a run for `key` is under way, others wait for it. A host that may drop a request runs each caller's own. */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
}
