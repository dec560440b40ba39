/** What is remembered of the pages that ask for widgets: those that got them (`seen-origins`) and those that did not (`refused-origins`). */
import type { Clock, Scheduler } from '../../schemas/ports/index.ts';
import type { ControlDatabase } from '../control/database.ts';

export interface OriginNotes {
  /** After the session was given or refused, and after the reply. */
  note(siteId: string, origin: string): void;
}

export interface OriginNotesDeps {
  readonly db: ControlDatabase;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}
