/** Changing records over REST: create, update, delete, transition. */
import * as z from 'zod';
import { Problem } from '../../../schemas/errors/index.ts';
import { validate } from '../../../schemas/errors/validate.ts';
import type { GrantJson, TransitionJson } from '../../../schemas/module/index.ts';
import { checkTransition, grantedFields, grantFor } from '../access.ts';
import { type Call, type Reply, runCall } from '../call.ts';
import { EntityRepository } from '../repository/repository.ts';
import type { Runtime } from '../runtime.ts';
import { takeTransition } from '../transition.ts';
import { etagOf, existing, type RecordReply, shown, type Target } from './target.ts';

type Values = Readonly<Record<string, unknown>>;

/** Fields a grant does not let the caller write are refused by name. */
function checkWritable(grant: GrantJson, input: Values): void {
  const allowed = grantedFields(grant);
  const refused = allowed ? Object.keys(input).filter(name => !allowed.has(name)) : [];
  if (refused.length === 0) return;
  const errors = refused.map(name => ({ pointer: `/${name}`, code: 'FORBIDDEN', message: 'You may not set this' }));
  throw Problem.of('FORBIDDEN', { errors });
}

export async function createRecord(runtime: Runtime, call: Call, target: Target, input: unknown): Promise<RecordReply> {
  const { module, entity } = target;
  const grant = grantFor(entity, 'create', call.actor);
  const draft = validate(entity.createSchema, input) as Values;
  checkWritable(grant, input as Values);
  const reply = await runCall(runtime, call, async work => {
    const record = new EntityRepository(work, module, entity, call.actor).create(draft);
    return { status: 201, body: shown(entity, call, record) };
  });
  return { ...reply, etag: etagOf(1) };
}

export async function updateRecord(
  runtime: Runtime,
  call: Call,
  target: Target,
  id: string,
  input: unknown,
  ifMatch: number | undefined,
): Promise<RecordReply> {
  const { entity } = target;
  const reply = await runCall(runtime, call, async work => {
    const { repository, record } = await existing(work, call, target, id, ifMatch);
    const grant = grantFor(entity, 'update', call.actor);
    const patch = validate(entity.patchSchema, input) as Values;
    checkWritable(grant, patch);
    const after = repository.update(id, patch, { record, rev: record.rev, retry: true })!;
    return { status: 200, body: shown(entity, call, after) };
  });
  return withEtag(reply);
}

export async function deleteRecord(
  runtime: Runtime,
  call: Call,
  target: Target,
  id: string,
  ifMatch: number | undefined,
): Promise<Reply> {
  return runCall(runtime, call, async work => {
    const { repository } = await existing(work, call, target, id, ifMatch);
    repository.delete(id);
    return { status: 204, body: '' };
  });
}

const reasonSchema = z.looseObject({ reason: z.string().trim().min(1).max(500).optional() });
const requiredReason = z.looseObject({ reason: z.string().trim().min(1).max(500) });

/** Takes the reason out of the input of a transition that asks for one. Throws VALIDATION_FAILED where it must be there. */
function givenReason({ askReason }: TransitionJson, input: unknown): { reason?: string; values: unknown } {
  if (!askReason) return { values: input };
  const { reason, ...values } = validate(askReason === 'required' ? requiredReason : reasonSchema, input);
  return { reason, values };
}

/** `input` may set fields that the caller may update anyway, and say why where the manifest asks for it. Throws INVALID_TRANSITION with the steps that are `allowed`. */
export async function transitionRecord(
  runtime: Runtime,
  call: Call,
  target: Target,
  id: string,
  name: string,
  input: unknown,
  ifMatch: number | undefined,
): Promise<RecordReply> {
  const { module, entity } = target;
  const { states } = entity.json;
  const transition = states?.transitions[name];
  if (!states || !transition) throw Problem.of('NOT_FOUND');
  const reply = await runCall(runtime, call, async work => {
    const { repository, record } = await existing(work, call, target, id, ifMatch);
    checkTransition(entity, name, call.actor);
    const { reason, values } = givenReason(transition, input ?? {});
    const patch = validate(entity.patchSchema, values) as Values;
    const grant = Object.keys(patch).length > 0 ? grantFor(entity, 'update', call.actor) : undefined;
    if (grant) checkWritable(grant, patch);
    const after = await takeTransition(runtime, call, module, work, repository, record, { name, patch, grant, reason });
    return { status: 200, body: shown(entity, call, after) };
  });
  return withEtag(reply);
}

/** The ETag is read back from the reply's record, so that a replayed reply has it too. */
function withEtag(reply: Reply): RecordReply {
  const { rev } = (JSON.parse(reply.body) as { data: { rev: number } }).data;
  return { ...reply, etag: etagOf(rev) };
}
