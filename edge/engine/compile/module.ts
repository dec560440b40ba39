/** A module made ready to run: manifest compiled once, code beside it. */
import type * as z from 'zod';
import {
  type ActionJson,
  type AnyModule,
  type Implementation,
  ManifestError,
  type ManifestJson,
  majorVersion,
  moduleName,
} from '../../../schemas/module/index.ts';
import { encoder, inputSchema } from './codec.ts';
import { ddlRevision } from './ddl.ts';
import { type CompiledEntity, compileEntity } from './entity.ts';
import { extensionProblems } from './extension.ts';
import { tablePrefix } from './naming.ts';
import { searchRevision } from './search-ddl.ts';

export interface CompiledAction {
  readonly name: string;
  readonly json: ActionJson;
  readonly input: z.ZodType;
  readonly encode: (value: unknown) => unknown;
}

export interface CompiledModule {
  readonly name: string;
  readonly major: number;
  readonly manifest: ManifestJson;
  readonly entities: ReadonlyMap<string, CompiledEntity>;
  readonly actions: ReadonlyMap<string, CompiledAction>;
  readonly events: ReadonlyMap<string, (value: unknown) => unknown>;
  /** Jobs that run when they are asked for. */
  readonly jobs: ReadonlyMap<string, { readonly input: z.ZodType; readonly encode: (value: unknown) => unknown }>;
  readonly settings: z.ZodType;
  /** Absent for a module that is data alone. */
  readonly code: Implementation<AnyModule> | undefined;
  /** Changes whenever the tables would. */
  readonly fingerprint: string;
}

export function compileModule(manifest: ManifestJson, code: Implementation<AnyModule> | undefined): CompiledModule {
  const entities = Object.keys(manifest.entities).map(name => [name, compileEntity(manifest, name)] as const);
  refuse(
    manifest,
    entities.map(([, entity]) => entity),
  );
  const actions = Object.entries(manifest.actions).map(([name, json]) => {
    const action: CompiledAction = {
      name,
      json,
      input: inputSchema(json.input),
      encode: json.output ? encoder(json.output) : () => ({}),
    };
    return [name, action] as const;
  });
  return {
    name: moduleName(manifest),
    major: majorVersion(manifest),
    manifest,
    entities: new Map(entities),
    actions: new Map(actions),
    events: new Map(Object.entries(manifest.events).map(([name, fields]) => [name, encoder(fields)])),
    jobs: new Map(
      Object.entries(manifest.jobs ?? {}).flatMap(([name, job]) =>
        'payload' in job ? [[name, { input: inputSchema(job.payload), encode: encoder(job.payload) }] as const] : [],
      ),
    ),
    settings: inputSchema(manifest.settings),
    code,
    fingerprint: `${manifest.version}:${fnv1a(`${searchRevision}.${ddlRevision}${JSON.stringify(manifest.entities)}`)}`,
  };
}

/** Throws `ManifestError` on two entities that would share a table, on a table of another module's name, and on extensions that cannot be linked. */
function refuse(manifest: ManifestJson, entities: readonly CompiledEntity[]): void {
  const tables = entities.map(entity => entity.table);
  const twice = tables.filter((table, i) => tables.indexOf(table) !== i);
  const foreign = tables.filter(table => !table.startsWith(`${tablePrefix(manifest.id)}_`));
  const problems = [
    ...twice.map(table => `entities: two would share the table "${table}"`),
    ...foreign.map(table => `entities: the table "${table}" does not begin as this module's do`),
    ...extensionProblems(manifest),
  ];
  if (problems.length > 0) throw new ManifestError(problems);
}

/** FNV-1a, 32 bit: tells two shapes apart, protects nothing. */
export function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
