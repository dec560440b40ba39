/** One entity within one unit of work and one actor's limits: its conditions as SQL, its grants and their presets. */
import type { FilterVariable } from '../../../schemas/filter/filter.ts';
import type { GrantJson, Verb } from '../../../schemas/module/index.ts';
import type { SqlValue } from '../../../schemas/ports/index.ts';
import type { Actor } from '../../../schemas/protocol/index.ts';
import { grantFor } from '../access.ts';
import type { CompiledEntity } from '../compile/entity.ts';
import { placeholders, whereSql } from '../compile/where.ts';
import { liveOnly } from '../soft-delete.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';

export type Values = Readonly<Record<string, unknown>>;

/** What a filter's variables stand for in this call. */
export function filterVariables(actor: Actor, now: number): (name: FilterVariable['var']) => SqlValue | undefined {
  return name => {
    switch (name) {
      case 'now':
        return now;
      case 'actor.id':
        return actor.id ?? undefined;
      case 'actor.siteId':
        return actor.siteId ?? undefined;
      case 'actor.personId':
        return actor.kind === 'customer' ? (actor.id ?? undefined) : undefined;
    }
  };
}

/** The rows a grant covers, as a filter. */
export const grantWhere = (grant: GrantJson): readonly unknown[] =>
  grant !== true && grant.where ? [grant.where] : [];

export interface Condition {
  readonly sql: string;
  readonly args: readonly SqlValue[];
}

export class RecordScope {
  readonly work: UnitOfWork;
  readonly entity: CompiledEntity;
  /** Whose limits apply; the system's where a handler asked for it. */
  readonly actor: Actor;

  constructor(work: UnitOfWork, entity: CompiledEntity, actor: Actor) {
    this.work = work;
    this.entity = entity;
    this.actor = actor;
  }

  /** Throws FORBIDDEN. */
  grant(verb: Verb): GrantJson {
    return grantFor(this.entity, verb, this.actor);
  }

  sql(filters: readonly unknown[]): Condition {
    const target = placeholders(filterVariables(this.actor, this.work.now));
    const sql = filters.map(filter => whereSql(this.entity, filter, target)).join(' AND ');
    return { sql: sql || '1', args: target.args };
  }

  /** The same, of records that are not deleted and that the actor may `verb`. */
  conditions(verb: Verb, filters: readonly unknown[]): Condition {
    return this.sql([...filters, ...liveOnly(this.entity), ...grantWhere(this.grant(verb))]);
  }

  /** A grant's preset values; a variable such as the actor's id gets its value here. */
  presets(grant: GrantJson): Values {
    if (grant === true || !grant.presets) return {};
    const variables = filterVariables(this.actor, this.work.now);
    const value = (preset: unknown) =>
      typeof preset === 'object' && preset !== null && 'var' in preset
        ? (variables((preset as FilterVariable).var) ?? null)
        : preset;
    return Object.fromEntries(Object.entries(grant.presets).map(([name, preset]) => [name, value(preset)]));
  }
}
