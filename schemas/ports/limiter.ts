/** Counts calls against a limit in a window. */
export interface LimitVerdict {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window starts anew. */
  readonly resetSeconds: number;
}

export interface Limiter {
  /** Takes `cost` from the bucket `key`, which holds `limit` for each `windowSeconds`. */
  take(key: string, limit: number, windowSeconds: number, cost?: number): Promise<LimitVerdict> | LimitVerdict;
}
