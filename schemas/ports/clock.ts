/** The only source of the current time, so that tests can move it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}
