/** Reads SQLite's words about a refused row back into the manifest's constraint and its error code. */
import { type ErrorCode, errorTable, Problem } from '../../schemas/errors/index.ts';
import type { ConstraintJson } from '../../schemas/module/index.ts';
import { constraintMessage } from './compile/ddl.ts';
import type { CompiledEntity } from './compile/entity.ts';
import type { CompiledModule } from './compile/module.ts';

export interface Explanation {
  readonly problem: Problem;
  readonly retry: boolean;
}

/** A problem by code: the module's own table first, the platform's after it. */
export function problemOf(
  module: CompiledModule | undefined,
  code: string,
  options: Parameters<typeof Problem.of>[1] = {},
): Problem {
  const own = module?.manifest.errors?.[code];
  if (own) return Problem.custom(code, own.status, own.title, options);
  return Problem.of(code in errorTable ? (code as ErrorCode) : 'CONFLICT', options);
}

function explainConstraint(module: CompiledModule, entity: CompiledEntity, constraint: ConstraintJson): Explanation {
  const code = constraint.code ?? (constraint.unique ? 'ALREADY_EXISTS' : 'CONFLICT');
  const errors = constraint.unique?.map(field => ({ pointer: `/${field}`, code, message: 'This is taken' }));
  const extensions = { constraint: `${entity.table}.${constraint.name}` };
  return { problem: problemOf(module, code, { errors, extensions }), retry: constraint.retry ?? false };
}

/** Builds the look-up from message to meaning for a set of modules. */
export function constraintExplainer(modules: readonly CompiledModule[]): (message: string) => Explanation | undefined {
  const meanings = new Map<string, () => Explanation>();
  for (const module of modules) {
    for (const entity of module.entities.values()) {
      const columns = (fields: readonly string[]) =>
        fields.map(field => `${entity.table}.${entity.byName.get(field)!.columns[0]!.slice(1, -1)}`).join(', ');
      for (const field of entity.fields) {
        if (!field.json.unique) continue;
        const constraint = { name: `${field.name}_unique`, unique: [field.name], retry: field.json.hidden ?? false };
        const all = field.columns.map(column => `${entity.table}.${column.slice(1, -1)}`).join(', ');
        meanings.set(`UNIQUE constraint failed: ${all}`, () => explainConstraint(module, entity, constraint));
      }
      for (const constraint of entity.json.constraints ?? []) {
        const key = constraint.unique
          ? `UNIQUE constraint failed: ${columns(constraint.unique)}`
          : constraint.check
            ? `CHECK constraint failed: ${entity.table}.${constraint.name}`
            : constraintMessage(entity, constraint.name);
        meanings.set(key, () => explainConstraint(module, entity, constraint));
      }
    }
  }
  return message => {
    for (const [key, explain] of meanings) if (message.endsWith(key)) return explain();
    return undefined;
  };
}
