/** What a field asks of the files it names: that they are there for whoever names them, of a kind it takes, not too large. */
import type { FieldJson } from '../../schemas/module/index.ts';
import type { SqlValue } from '../../schemas/ports/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { idsAt } from '../engine/compile/references.ts';
import type { UnitOfWork } from '../engine/store/unit-of-work.ts';
import { refused } from './refusals.ts';
import { fileTables } from './tables.ts';

export interface FileRule {
  /** From the field's value to the id; `*` stands for each element of a list. */
  readonly path: readonly string[];
  readonly node: Extract<FieldJson, { kind: 'file' }>;
}

/** The places of a field that hold ids of files. */
export function fileRulesOf(node: FieldJson, path: readonly string[] = []): readonly FileRule[] {
  switch (node.kind) {
    case 'file':
      return [{ path, node }];
    case 'list':
      return fileRulesOf(node.of, [...path, '*']);
    case 'object':
      return Object.entries(node.fields).flatMap(([name, member]) => fileRulesOf(member, [...path, name]));
    default:
      return [];
  }
}

interface Demand {
  /** SQL over a row `f` of the files' table. */
  readonly sql: string;
  readonly args: readonly SqlValue[];
  readonly code: string;
  readonly message: string;
}

/** A guest of a site hands over what everybody may see, and what the same visit brought and an action took over. */
const theirs = `(f."acl" = 'public' OR f."id" IN (SELECT "file" FROM "_file_draft" WHERE "visit" = ? AND "taken_at" IS NOT NULL))`;
const readable = `f."state" = 'ready' AND f."deleted_at" IS NULL`;

/**
 * What a file must be for whoever names it, the first demand first: another's file is as one that is not there, whatever else
 * it may be. A manifest's media types hold no character that SQL or GLOB would read otherwise.
 */
export function demandsOf(
  { accept, maxBytes, visitors }: FileRule['node'],
  { kind, id }: Pick<Actor, 'kind' | 'id'>,
): readonly Demand[] {
  const types = accept ?? visitors?.accept;
  const most = maxBytes ?? visitors?.maxBytes;
  const isGuest = kind === 'visitor' || kind === 'customer';
  return [
    {
      sql: isGuest ? `${readable} AND ${theirs}` : readable,
      args: isGuest ? [id ?? ''] : [],
      code: 'UNKNOWN_FILE',
      message: 'Upload this file first.',
    },
    ...(types
      ? [
          {
            sql: `(${types.map(type => `f."mime" GLOB '${type}'`).join(' OR ') || '0'})`,
            args: [],
            code: 'TYPE_NOT_ACCEPTED',
            message: `Send one of ${types.join(', ')}.`,
          },
        ]
      : []),
    ...(most === undefined
      ? []
      : [{ sql: `f."size" <= ${most}`, args: [], code: 'TOO_LARGE', message: `A file here may have ${most} bytes.` }]),
  ];
}

/** What is kept already may stay, whatever has become of its file. */
export interface KeptBy {
  /** SQL that tells whether the row has the id, with one `?` for it and the arguments before. */
  readonly sql: string;
  readonly args: readonly string[];
}

const opened = new WeakSet<object>();

/** Refuses the commit with VALIDATION_FAILED where a file in the value is not what the field takes. */
export function expectFiles(
  work: UnitOfWork,
  actor: Actor,
  field: string,
  rules: readonly FileRule[],
  value: unknown,
  kept?: (id: string) => KeptBy,
): void {
  for (const { path, node } of rules) {
    for (const { id, pointer } of idsAt(value, path, `/${field}`)) {
      if (!opened.has(work.statements)) {
        work.write(fileTables[0]!, []);
        opened.add(work.statements);
      }
      const already = kept?.(id);
      for (const { sql, args, code, message } of demandsOf(node, actor)) {
        const right = `EXISTS (SELECT 1 FROM "_file" f WHERE f."id" = ? AND ${sql})`;
        const refusal = refused(pointer, code, message);
        if (already) work.expect(`${right} OR ${already.sql}`, [id, ...args, ...already.args], refusal);
        else work.expectLast(right, [id, ...args], refusal);
      }
    }
  }
}
