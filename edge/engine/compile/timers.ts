/** Timed transitions: triggers that keep a store's list of jobs true to its records, whoever writes them. */
import { replaceAsked } from '../jobs/job-rows.ts';
import { type CompiledEntity, quote } from './entity.ts';
import { bounded } from './naming.ts';

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

interface Timer {
  /** Of its job: `module.entity.transition`. */
  readonly job: string;
  /** Of one row, as SQL: whether it waits, and for which instant in epoch milliseconds. */
  waits(row: string): string;
  at(row: string): string;
}

function timersOf(entity: CompiledEntity): Timer[] {
  const { states } = entity.json;
  if (!states) return [];
  const column = (name: string) => entity.byName.get(name)!.columns[0]!;
  return Object.entries(states.transitions).flatMap(([name, { from, after }]): Timer[] => {
    if (!after) return [];
    const start = column(after.field ?? 'updatedAt');
    const offset = (after.seconds ?? 0) * 1000;
    const at = (row: string) => (offset === 0 ? `${row}${start}` : `${row}${start} + ${offset}`);
    const kept = (row: string) => (entity.byName.get('deletedAt')?.builtIn ? ` AND ${row}"deleted_at" IS NULL` : '');
    const waits = (row: string) =>
      `${row}${column(states.field)} IN (${from.map(text).join(', ')}) AND ${row}${start} IS NOT NULL${kept(row)}`;
    return [{ job: text(`${entity.module}.${entity.name}.${name}`), waits, at }];
  });
}

/** A due entry is keyed by record and holds its revision: a record that has changed since is not what was meant. */
const arm = ({ job, waits, at }: Timer, row: string, from = ''): string =>
  `INSERT INTO "_job" ("name", "key", "payload", "planned_at", "next_at") SELECT ${job}, ${row}"id", json_object('rev', ${row}"rev", 'declared', 1), ${at(row)}, ${at(row)}${from} WHERE ${waits(row)} ${replaceAsked}`;

const disarm = (timers: readonly Timer[]): string =>
  `DELETE FROM "_job" WHERE "name" IN (${timers.map(({ job }) => job).join(', ')}) AND "key" = OLD."id"`;

/** Arms what enters a state with a timed transition, makes void what leaves it, and counts anew after any other change. */
export function timerTriggers(entity: CompiledEntity): { name: string; sql: string }[] {
  const timers = timersOf(entity);
  if (timers.length === 0) return [];
  const any = (row: string) => timers.map(({ waits }) => `(${waits(row)})`).join(' OR ');
  const armed = timers.map(timer => `${arm(timer, 'NEW.')};`).join(' ');
  const trigger = (verb: string, when: string, body: string) => {
    const name = bounded(`${entity.table}.timers.${verb.toLowerCase()}`);
    const sql = `CREATE TRIGGER ${quote(name)} AFTER ${verb} ON ${quote(entity.table)} WHEN ${when} BEGIN ${body} END`;
    return { name, sql };
  };
  return [
    trigger('INSERT', any('NEW.'), armed),
    trigger('UPDATE', `${any('OLD.')} OR ${any('NEW.')}`, `${disarm(timers)}; ${armed}`),
    trigger('DELETE', any('OLD.'), `${disarm(timers)};`),
  ];
}

/** Arms the records that are there already. */
export const timerSeeds = (entity: CompiledEntity): string[] =>
  timersOf(entity).map(timer => arm(timer, '', ` FROM ${quote(entity.table)}`));
