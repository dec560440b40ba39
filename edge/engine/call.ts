/** One call into the engine: who, for which client, and the loop that makes its commit atomic and repeatable. */
import { createHash } from 'node:crypto';
import { Problem } from '../../schemas/errors/index.ts';
import type { Campaign } from '../../schemas/protocol/campaign.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import type { Tenant, TenantSite } from '../tenant/tenant.ts';
import { subscribersOf } from './outbox.ts';
import type { Runtime } from './runtime.ts';
import { openText, sealText } from './sealing.ts';
import { Contention, commit, Replay } from './store/commit.ts';
import { splitStored, withNumbers } from './store/numbers.ts';
import { UnitOfWork, type WorkScope } from './store/unit-of-work.ts';

/** In which language a call reads and writes translated texts. */
export interface TextLocale {
  /** BCP 47 tags, the most wanted first, with what is usual for the site and the client behind them. */
  readonly read: readonly string[];
  /** Under which tag a text is kept that comes without one. */
  readonly write: string;
}

export interface Call {
  readonly actor: Actor;
  readonly tenant: Tenant;
  /** The site a visitor's token is bound to; else undefined. */
  readonly site: TenantSite | undefined;
  readonly requestId: string;
  readonly callerHash: string;
  readonly idempotencyKey: string | undefined;
  /** What came in the `Inlay-Proof` header. */
  readonly proof?: string | undefined;
  /** What the `Inlay-Campaign` header said. */
  readonly campaign?: Campaign | undefined;
  /** Undefined where translated texts are read in all their languages. */
  readonly locale?: TextLocale | undefined;
  /** Method, path and body: what a repeated key must repeat. */
  readonly fingerprint: string;
  /** Set for a part of a larger call: its reads and writes join these, and the larger call commits. */
  readonly work?: UnitOfWork;
}

export interface Reply {
  readonly status: number;
  /** JSON text. */
  readonly body: string;
  readonly replayed?: boolean;
}

const attempts = 5;

function scopeOf(runtime: Runtime, { tenant, site, locale, campaign }: Call): WorkScope {
  let key: Uint8Array | undefined;
  return {
    clientId: tenant.client.id,
    zone: tenant.client.zone,
    campaign,
    locale: locale?.write ?? (site ?? tenant.sites[0])?.locale ?? 'en',
    fieldKey: () => {
      key ??= runtime.secrets.fieldKey(tenant.client.id);
      return key;
    },
    auditKey: () => runtime.secrets.auditKey(tenant.client.id),
    settings: module => site?.modules.get(module) ?? tenant.settings.get(module) ?? {},
  };
}

const idempotencyOf = ({ actor, idempotencyKey: key, fingerprint }: Call) =>
  key
    ? {
        scope: `${actor.kind}:${actor.id ?? actor.siteId ?? ''}`,
        key,
        hash: createHash('sha256').update(fingerprint).digest('base64url'),
      }
    : undefined;

/** Runs `handler` and commits what it wrote. A handler may run again on fresh reads, so it must not act outside `work`. */
export async function runCall(
  runtime: Runtime,
  call: Call,
  handler: (work: UnitOfWork) => Promise<Reply>,
): Promise<Reply> {
  if (call.work) return handler(call.work);
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const idempotency = idempotencyOf(call);
  const scope = scopeOf(runtime, call);
  for (let attempt = 1; ; attempt++) {
    const work = new UnitOfWork(db, runtime.ports.clock.now(), scope);
    try {
      const reply = await handler(work);
      const numbers = await commit(work, {
        actor: call.actor,
        requestId: call.requestId,
        idempotency,
        reply:
          idempotency && work.sensitive
            ? { ...reply, body: sealText(scope.fieldKey(), idempotency.key, reply.body) }
            : reply,
        subscribers: event => heardBy(call.tenant, event),
        explain: message => call.tenant.explain(message),
      });
      if (work.audit.length > 0) runtime.outbox.wrote(call.tenant);
      if (work.outbox.some(row => call.tenant.isHeard(row.event))) runtime.outbox.wake(call.tenant, work.now);
      else if (work.jobsDueAt !== undefined) runtime.outbox.wake(call.tenant, work.jobsDueAt);
      return numbers.size > 0 ? { ...reply, body: withNumbers(reply.body, numbers) } : reply;
    } catch (error) {
      if (error instanceof Contention && attempt < attempts) continue;
      if (idempotency && (error instanceof Replay || error instanceof Problem || error instanceof Contention)) {
        const earlier = await storedReply(work, idempotency);
        if (earlier) return earlier;
      }
      throw error instanceof Contention ? error.problem : error;
    }
  }
}

/** Whether the call has a reply of an earlier one with the same Idempotency-Key, which it would get again. */
export async function isRepeat(runtime: Runtime, call: Call): Promise<boolean> {
  const idempotency = idempotencyOf(call);
  if (!idempotency) return false;
  const db = await runtime.stores.open(call.tenant.store, call.tenant.modules);
  const work = new UnitOfWork(db, runtime.ports.clock.now(), scopeOf(runtime, call));
  return (await storedReply(work, idempotency)) !== undefined;
}

/** Most events are heard by nobody, which is known without a search. */
const heardBy = (tenant: Tenant, event: string): readonly string[] =>
  tenant.isHeard(event)
    ? subscribersOf(tenant.modules, event).map(({ module, handler }) => `${module.name}.${handler}`)
    : [];

async function storedReply(
  work: UnitOfWork,
  { scope, key, hash }: { scope: string; key: string; hash: string },
): Promise<Reply | undefined> {
  const found = await work.read(
    'SELECT "hash", "status", "body" FROM "_idempotency" WHERE "scope" = ? AND "key" = ? AND "at" >= ?',
    [scope, key, work.now - 86_400_000],
  );
  const row = found.rows[0] as [string, number, string] | undefined;
  if (!row) return undefined;
  if (row[0] !== hash) throw Problem.of('IDEMPOTENCY_MISMATCH');
  const { body, numbers } = splitStored(row[2]);
  const opened = openText(() => work.scope.fieldKey(), key, body);
  return { status: row[1], body: withNumbers(opened, numbers), replayed: true };
}
