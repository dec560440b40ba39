/** How long and how often something is measured. */
export interface Pace {
  readonly rounds: number;
  /** Of one run. */
  readonly seconds: number;
}
