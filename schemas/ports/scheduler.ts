/** Work that runs after the reply or on a timer. */
export interface Scheduler {
  /** Runs once the reply is on its way; a rejection is logged, never thrown into the request. */
  defer(task: () => Promise<void>): void;
  /** Runs every `seconds`, on one runner at a time. */
  every(seconds: number, name: string, task: () => Promise<void>): void;
}

/** One alarm for each key. It may be lost with a host, so whoever sets one also looks round from time to time. */
export interface Alarms {
  /** Rings at `at` (epoch milliseconds) or soon after; of several times asked for one key the earliest counts. */
  set(key: string, at: number): void;
  /** Names what runs when an alarm rings. */
  listen(ring: (key: string) => Promise<void>): void;
}
