/** Work that runs after the reply or on a timer. */
export interface Scheduler {
  /** Runs once the reply is on its way; a rejection is logged, never thrown into the request. */
  defer(task: () => Promise<void>): void;
  /** Runs every `seconds`, on one runner at a time. */
  every(seconds: number, name: string, task: () => Promise<void>): void;
}
