/** What the floor is told: copies of the product's store files, and the replies it must match. */

export interface FloorPlan {
  readonly port: number;
  /** Database files of its own. */
  readonly stores: { readonly quiet: string; readonly busy: string; readonly written: string; readonly booked: string };
  /** As long as the product's script. */
  readonly script: string;
  /** By client: what a month's availability reads and answers. Instants in epoch milliseconds, dates as text. */
  readonly availability: Readonly<Record<'quiet' | 'busy', MonthRead>>;
  /** Statements in the product's two transactions. */
  readonly statements: { readonly hold: number; readonly confirm: number };
}

export interface MonthRead {
  readonly service: string;
  readonly start: number;
  readonly end: number;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly reply: unknown;
}
