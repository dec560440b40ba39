/** What an entity's records must obey beside constraints: computed values, locks, guards and fields that are set once. */
import { Problem } from '../../../schemas/errors/index.ts';
import type { FilterJson } from '../../../schemas/filter/filter.ts';
import { type EntityJson, type FieldJson, ManifestError } from '../../../schemas/module/index.ts';
import { type CelValues, compileCel, type Expression, fromCel, recordToCel } from './cel.ts';

type Values = Readonly<Record<string, unknown>>;

export interface EntityRules {
  readonly computed: readonly { readonly name: string; readonly json: FieldJson; readonly expression: Expression }[];
  readonly lock:
    | { readonly when: Expression | FilterJson; readonly isCel: boolean; readonly except: ReadonlySet<string> }
    | undefined;
  /** By transition. */
  readonly guards: ReadonlyMap<string, Expression>;
  readonly immutable: readonly string[];
  /** Whether a state of it ends by itself. */
  readonly timed: boolean;
  /** Whether a write can only be judged beside the whole record. */
  readonly needsRecord: boolean;
}

/** Throws `ManifestError` on an expression that does not compile. */
export function compileRules(entity: string, json: EntityJson): EntityRules {
  const compile = (source: string, purpose: 'computed' | 'lock' | 'guard', at: string): Expression => {
    try {
      return compileCel(source, purpose);
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : 'not valid';
      throw new ManifestError([`entities.${entity}.${at}: ${reason}`]);
    }
  };
  const fields = Object.entries(json.fields);
  const computed = fields.flatMap(([name, node]) =>
    node.computed ? [{ name, json: node, expression: compile(node.computed, 'computed', `fields.${name}`) }] : [],
  );
  const { lockWhen } = json;
  const lock = lockWhen && {
    when: typeof lockWhen.when === 'string' ? compile(lockWhen.when, 'lock', 'lockWhen') : lockWhen.when,
    isCel: typeof lockWhen.when === 'string',
    except: new Set(lockWhen.except),
  };
  const guards = Object.entries(json.states?.transitions ?? {}).flatMap(([name, { guard }]) =>
    guard ? [[name, compile(guard, 'guard', `transitions.${name}`)] as const] : [],
  );
  return {
    computed,
    lock,
    guards: new Map(guards),
    immutable: fields.flatMap(([name, node]) => (node.immutable ? [name] : [])),
    timed: Object.values(json.states?.transitions ?? {}).some(({ after }) => after !== undefined),
    needsRecord: computed.length > 0 || (lock?.isCel ?? false),
  };
}

/** The computed values of a record. Throws VALIDATION_FAILED where one that is required has no value. */
export function computedValues({ rules, json }: { rules: EntityRules; json: EntityJson }, record: Values): Values {
  if (rules.computed.length === 0) return {};
  const known: Record<string, unknown> = { ...record };
  const result: Record<string, unknown> = {};
  // In the order of declaration, so that one may build on those before it.
  for (const { name, json: node, expression } of rules.computed) {
    const value = fromCel(node, attempt(expression, { record: recordToCel(json.fields, known) }));
    if (value === undefined || (value === null && node.required)) {
      const errors = [{ pointer: `/${name}`, code: 'NOT_COMPUTABLE', message: 'This cannot be worked out' }];
      throw Problem.of('VALIDATION_FAILED', { errors });
    }
    known[name] = value;
    result[name] = value;
  }
  return result;
}

/** What the engine has worked out of a record. */
export const computedOf = ({ rules }: { readonly rules: EntityRules }, record: Values): Values =>
  Object.fromEntries(rules.computed.map(({ name }) => [name, record[name]]));

function attempt(expression: Expression, values: CelValues): unknown {
  try {
    return expression.evaluate(values);
  } catch {
    return undefined;
  }
}

/** Whether an expression holds; one that has no value counts as `otherwise`. */
export function holds(expression: Expression, values: CelValues, otherwise: boolean): boolean {
  const value = attempt(expression, values);
  return typeof value === 'boolean' ? value : otherwise;
}

/** The fields of a patch that a lock keeps. */
export const lockedFields = ({ rules, json }: { rules: EntityRules; json: EntityJson }, patch: Values): string[] =>
  Object.keys(patch).filter(name => !rules.lock?.except.has(name) && json.fields[name]?.kind !== 'sequence');

export function lockedProblem(fields: readonly string[]): Problem {
  const errors = fields.map(name => ({
    pointer: `/${name}`,
    code: 'LOCKED',
    message: 'This can no longer be changed',
  }));
  return Problem.of('LOCKED', errors.length > 0 ? { errors } : {});
}
