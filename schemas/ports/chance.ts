/** The only source of chance that decides what happens, so that tests can repeat it. */
export interface Chance {
  /** At least 0, less than 1. */
  next(): number;
}
