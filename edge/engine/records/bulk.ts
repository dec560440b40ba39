/** Up to a hundred writes of one entity in one request: as one commit, or each by itself. */
import * as z from 'zod';
import { Problem } from '../../../schemas/errors/index.ts';
import { validate } from '../../../schemas/errors/validate.ts';
import { type Call, type Reply, runCall } from '../call.ts';
import type { Runtime } from '../runtime.ts';
import type { Target } from './target.ts';
import { createRecord, deleteRecord, transitionRecord, updateRecord } from './write.ts';

const most = 100;
const id = z.string().min(1).max(60);
const rev = z.int().min(1).optional();
const data = z.record(z.string(), z.unknown());
const operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('create'), data }),
  z.strictObject({ op: z.literal('update'), id, rev, data }),
  z.strictObject({ op: z.literal('delete'), id, rev }),
  z.strictObject({
    op: z.literal('transition'),
    id,
    rev,
    transition: z.string().min(1).max(60),
    data: data.optional(),
  }),
]);
type Operation = z.output<typeof operation>;
const bulkSchema = z.strictObject({
  mode: z.enum(['atomic', 'each']),
  operations: z.array(operation).min(1).max(most),
});

/** Throws VALIDATION_FAILED; in atomic mode whatever the first refused operation throws, with its index as `operation`. */
export async function bulkRecords(runtime: Runtime, call: Call, target: Target, input: unknown): Promise<Reply> {
  const { mode, operations } = validate(bulkSchema, input);
  return mode === 'atomic' ? atomic(runtime, call, target, operations) : each(runtime, call, target, operations);
}

function run(runtime: Runtime, call: Call, target: Target, operation: Operation): Promise<Reply> {
  switch (operation.op) {
    case 'create':
      return createRecord(runtime, call, target, operation.data);
    case 'update':
      return updateRecord(runtime, call, target, operation.id, operation.data, operation.rev);
    case 'delete':
      return deleteRecord(runtime, call, target, operation.id, operation.rev);
    case 'transition':
      return transitionRecord(
        runtime,
        call,
        target,
        operation.id,
        operation.transition,
        operation.data ?? {},
        operation.rev,
      );
  }
}

async function atomic(runtime: Runtime, call: Call, target: Target, operations: readonly Operation[]): Promise<Reply> {
  refuseRepeated(operations);
  // Of one kind, on different records, the order does not matter, and their reads travel as one batch.
  const together = new Set(operations.map(({ op }) => op)).size === 1;
  return runCall(runtime, call, async work => {
    work.blame = atOperation;
    const one = (operation: Operation, index: number) =>
      run(runtime, { ...call, work: work.partOf(index) }, target, operation).catch((error: unknown) => {
        throw error instanceof Problem ? atOperation(error, index) : error;
      });
    const replies: Reply[] = [];
    if (together) replies.push(...(await Promise.all(operations.map(one))));
    else for (const [index, operation] of operations.entries()) replies.push(await one(operation, index));
    return { status: 200, body: `{"data":[${replies.map(itemJson).join(',')}]}` };
  });
}

/** A read never sees what the same commit will write, so a record can have one operation in it. */
function refuseRepeated(operations: readonly Operation[]): void {
  const seen = new Set<string>();
  const errors = operations.flatMap((operation, index) => {
    if (operation.op === 'create') return [];
    const repeated = seen.has(operation.id);
    seen.add(operation.id);
    const message = 'Another operation of this commit is about the same record';
    return repeated ? [{ pointer: `/operations/${index}/id`, code: 'REPEATED', message }] : [];
  });
  if (errors.length > 0) throw Problem.of('VALIDATION_FAILED', { errors });
}

/** The problem as one of the whole request. */
function atOperation({ code, status, title, options }: Problem, index: number): Problem {
  const pointer = `/operations/${index}`;
  const within = options.errors?.map(error => ({ ...error, pointer: `${pointer}/data${error.pointer}` }));
  const errors = within ?? [{ pointer, code, message: options.detail ?? title }];
  return Problem.custom(code, status as Parameters<typeof Problem.custom>[1], title, {
    ...options,
    errors,
    extensions: { ...options.extensions, operation: index },
  });
}

/** One after another, each its own commit. With a key each operation has a key of its own made from it, so a repeat goes on where a broken run stopped. */
async function each(runtime: Runtime, call: Call, target: Target, operations: readonly Operation[]): Promise<Reply> {
  // Takes the key for this body: the same key with another body is refused before anything runs.
  const begun = call.idempotencyKey
    ? await runCall(runtime, call, async () => ({ status: 200, body: '{}' }))
    : undefined;
  const items: string[] = [];
  let failed = 0;
  for (const [index, operation] of operations.entries()) {
    const own = itemCall(call, operation, index);
    const reply = await run(runtime, own, target, operation).catch((error: unknown) => {
      if (error instanceof Problem && error.status < 500) return refused(runtime, own, error);
      throw error;
    });
    if (reply.status >= 400) failed += 1;
    items.push(itemJson(reply));
  }
  const meta = { succeeded: operations.length - failed, failed };
  return {
    status: 200,
    body: `{"data":[${items.join(',')}],"meta":${JSON.stringify(meta)}}`,
    replayed: begun?.replayed,
  };
}

function itemCall(call: Call, operation: Operation, index: number): Call {
  if (!call.idempotencyKey) return call;
  return { ...call, idempotencyKey: `${call.idempotencyKey}#${index}`, fingerprint: JSON.stringify(operation) };
}

/** A refusal is an operation's outcome too: kept, so that a repeat of the key tells the same. */
async function refused(runtime: Runtime, call: Call, problem: Problem): Promise<Reply> {
  const reply = { status: problem.status, body: JSON.stringify(problem) };
  return call.idempotencyKey ? runCall(runtime, call, async () => reply) : reply;
}

function itemJson({ status, body }: Reply): string {
  if (status >= 400) return `{"status":${status},"error":${body}}`;
  return body === '' ? `{"status":${status}}` : `{"status":${status},${body.slice(1)}`;
}
