/** The revision that a write was decided on. */
import { Problem } from '../../../schemas/errors/index.ts';
import type { GrantJson } from '../../../schemas/module/index.ts';
import type { RecordValues } from '../compile/entity.ts';
import { Contention } from '../store/commit.ts';

export interface Expected {
  readonly rev?: number;
  /** Runs the call again on fresh reads when the record moved on. */
  readonly retry?: boolean;
  /** The record as it was read, where the caller has it. */
  readonly record?: RecordValues;
  /** Of a transition: why, in the words of whoever takes it. */
  readonly reason?: string;
  /** Of a transition whose caller sets values with it: the right to update, which bounds them. */
  readonly grant?: GrantJson;
}

/** What was expected, where a record was read beside it. */
export const expectedOf = (record: RecordValues | undefined, options: Expected): Expected =>
  record ? { retry: true, rev: record.rev, ...options } : options;

export const atRevision = ({ rev }: Expected): readonly unknown[] => (rev === undefined ? [] : [{ rev: { eq: rev } }]);

/** What it means that no row was at that revision; undefined where none was named. */
export function staleness({ rev, retry }: Expected): Error | undefined {
  if (rev === undefined) return undefined;
  const problem = Problem.of('PRECONDITION_FAILED');
  return retry ? new Contention(problem) : problem;
}
