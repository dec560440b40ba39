/** What the REST verbs share: the record they are about, who may see it, and how a reply is made of it. */
import { Problem } from '../../../schemas/errors/index.ts';
import type { GrantJson } from '../../../schemas/module/index.ts';
import type { Actor } from '../../../schemas/protocol/index.ts';
import { grantedFields, grantFor } from '../access.ts';
import type { Call, Reply, TextLocale } from '../call.ts';
import { type CompiledEntity, type RecordValues, recordJson } from '../compile/entity.ts';
import type { CompiledModule } from '../compile/module.ts';
import { EntityRepository } from '../repository/repository.ts';
import type { UnitOfWork } from '../store/unit-of-work.ts';

export interface RecordReply extends Reply {
  readonly etag?: string;
}

export interface Target {
  readonly module: CompiledModule;
  readonly entity: CompiledEntity;
}

/** Each language of a record is a representation with a tag of its own (RFC 9110 section 8.8.3). */
export const etagOf = (rev: unknown, locale?: TextLocale): string => `"${rev}${locale ? `.${locale.read[0]}` : ''}"`;

export const envelope = (data: unknown): string => `{"data":${JSON.stringify(data)}}`;

/** Undefined where the caller may read nothing of the entity. */
export function readGrant(entity: CompiledEntity, actor: Actor): GrantJson | undefined {
  try {
    return grantFor(entity, 'read', actor);
  } catch {
    return undefined;
  }
}

/** The record as a reply to a write shows it: a caller may be able to write what it cannot read. */
export function shown(
  entity: CompiledEntity,
  { actor, locale }: Pick<Call, 'actor' | 'locale'>,
  record: RecordValues,
): string {
  const grant = readGrant(entity, actor);
  return envelope(recordJson(entity, record, grant ? grantedFields(grant) : new Set(), locale));
}

/**
 * The record that a verb is about. Whatever the caller may not read is NOT_FOUND, before any right to the verb itself is judged:
 * a foreign id, an unknown one and a hidden one answer alike.
 */
export async function existing(
  work: UnitOfWork,
  call: Call,
  { module, entity }: Target,
  id: string,
  ifMatch: number | undefined,
): Promise<{ repository: EntityRepository; record: RecordValues }> {
  const repository = new EntityRepository(work, module, entity, call.actor);
  const record = readGrant(entity, call.actor) ? await repository.get(id) : undefined;
  if (!record) throw Problem.of('NOT_FOUND');
  if (ifMatch !== undefined && ifMatch !== record.rev) throw Problem.of('PRECONDITION_FAILED');
  return { repository, record };
}

/** The revision an If-Match header names; undefined without one. Throws PRECONDITION_FAILED for one that cannot match. */
export function revisionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const rev = /^(?:W\/)?"(\d+)(?:\.[\w-]+)?"$/.exec(ifMatch)?.[1];
  if (!rev) throw Problem.of('PRECONDITION_FAILED');
  return Number(rev);
}
