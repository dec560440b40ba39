/** Files that visitors bring: drafts, each for one input of one action, until that action takes them over. */
import { Problem } from '../../schemas/errors/index.ts';
import type { FieldJson, FieldsJson } from '../../schemas/module/index.ts';
import type { Actor } from '../../schemas/protocol/index.ts';
import { type OpenRequest, reaches } from '../data/open-request.ts';
import { checkAction } from '../engine/access.ts';
import type { Call, Reply } from '../engine/call.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { UnitOfWork } from '../engine/store/unit-of-work.ts';
import { expectFiles, type FileRule, fileRulesOf } from './file-rules.ts';
import { findFile } from './file-verbs.ts';
import { refused } from './refusals.ts';
import { type NewFile, reserveFile } from './reserve.ts';
import { openFiles } from './tables.ts';

/** A draft that no action took over in this time is forgotten. */
const DRAFT_MS = 86_400_000;
/** What all drafts of a client may have of its room. */
const SHARE = 0.1;

type VisitorRules = NonNullable<Extract<FieldJson, { kind: 'file' }>['visitors']>;

/** Of a file, or of a list of files. */
function rulesOf(node: FieldJson | undefined): VisitorRules | undefined {
  if (node?.kind === 'list') return rulesOf(node.of);
  return node?.kind === 'file' ? node.visitors : undefined;
}

const accepts = ({ accept }: VisitorRules, type: string): boolean =>
  accept.some(pattern => pattern === type || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1))));

/** What the input lets visitors bring. Throws NOT_FOUND for what is no such input here, FORBIDDEN for an action the visitor may not call. */
function rulesFor(opened: OpenRequest, field: string): VisitorRules {
  const [moduleName = '', actionName = '', input = ''] = field.split('.');
  const module = opened.tenant.byName.get(moduleName);
  const action = module?.actions.get(actionName);
  const rules = rulesOf(action?.json.input[input]);
  if (!module || !action || !rules || !reaches(opened, moduleName)) throw Problem.of('NOT_FOUND');
  checkAction(module, action, opened.actor);
  return rules;
}

const visitOf = ({ id }: Actor): string => {
  if (id === null) throw Problem.of('FORBIDDEN', { detail: 'This token belongs to no visit.' });
  return id;
};

export type BroughtFile = Pick<NewFile, 'name' | 'size' | 'sha256' | 'contentType'> & { readonly for: string };

/** Reserves a draft within the limits of input, visit and client. Throws NOT_FOUND, FORBIDDEN, QUOTA_EXCEEDED, VALIDATION_FAILED. */
export async function reserveDraft(
  runtime: Runtime,
  opened: OpenRequest,
  call: Call,
  file: BroughtFile,
): Promise<Reply> {
  const { for: field, ...rest } = file;
  const rules = rulesFor(opened, field);
  const visit = visitOf(opened.actor);
  if (!accepts(rules, file.contentType)) throw unaccepted(rules, '/contentType');
  if (file.size > rules.maxBytes) throw refused('/size', 'TOO_LARGE', `A file here may have ${rules.maxBytes} bytes.`);
  const share = Math.floor(runtime.config.files.quotaBytes * SHARE);
  return reserveFile(runtime, call, { ...rest, purpose: 'visitor', acl: 'private' }, (work, row) => {
    const room = (condition: string, limit: number, args: readonly (string | number)[], detail: string) =>
      work.expect(
        `(SELECT coalesce(sum("size"), 0) FROM "_file_draft" WHERE ${condition}) + ? <= ?`,
        [...args, file.size, limit],
        Problem.of('QUOTA_EXCEEDED', { detail }),
      );
    room('"visit" = ?', rules.bytesPerVisit, [visit], `The files of one visit may have ${rules.bytesPerVisit} bytes.`);
    room('"taken_at" IS NULL AND "expires_at" > ?', share, [work.now], 'Too many files wait here already.');
    work.write('INSERT INTO "_file_draft" VALUES (?, ?, ?, ?, ?, NULL)', [
      row.id,
      visit,
      field,
      row.size,
      work.now + DRAFT_MS,
    ]);
  });
}

const unaccepted = ({ accept }: VisitorRules, pointer: string): Problem =>
  refused(pointer, 'TYPE_NOT_ACCEPTED', `Send one of ${accept.join(', ')}.`);

/** Lets a visitor complete a draft of the same visit, once its bytes are what the input takes. Throws NOT_FOUND, VALIDATION_FAILED. */
export async function checkDraft(runtime: Runtime, opened: OpenRequest, id: string): Promise<void> {
  const db = await openFiles(runtime, opened.tenant);
  const [found] = await db.read([
    {
      sql: 'SELECT "field" FROM "_file_draft" WHERE "file" = ? AND "visit" = ? AND "taken_at" IS NULL AND "expires_at" > ?',
      args: [id, opened.actor.id ?? '', runtime.ports.clock.now()],
    },
  ]);
  const field = found!.rows[0]?.[0];
  if (typeof field !== 'string') throw Problem.of('NOT_FOUND');
  const rules = rulesFor(opened, field);
  const { mime } = await findFile(db, id);
  if (mime !== null && !accepts(rules, mime)) throw unaccepted(rules, '');
}

/** A field of an action's input that names files. */
export interface GivenFiles {
  readonly input: string;
  readonly value: unknown;
  readonly rules: readonly FileRule[];
  /** Whether visitors may bring them. */
  readonly fromVisitors: boolean;
}

/** Files in an action's input. */
export const filesOf = (fields: FieldsJson, input: Readonly<Record<string, unknown>>): readonly GivenFiles[] =>
  Object.entries(fields).flatMap(([name, node]) => {
    const rules = input[name] == null ? [] : fileRulesOf(node);
    if (rules.length === 0) return [];
    return [{ input: name, value: input[name], rules, fromVisitors: rulesOf(node) !== undefined }];
  });

/** The action takes its files over in its own commit: a visitor's own drafts for this very input, or where none may be brought what that visitor may hand over; anybody else's readable files. */
export function takeFiles(work: UnitOfWork, actor: Actor, action: string, files: readonly GivenFiles[]): void {
  for (const { input, value, rules, fromVisitors } of files) {
    expectFiles(work, actor, input, rules, value);
    for (const id of actor.kind === 'visitor' && fromVisitors ? [value].flat() : []) {
      work.write(
        `UPDATE "_file_draft" SET "taken_at" = ? WHERE "file" = ? AND "visit" = ? AND "field" = ? AND "taken_at" IS NULL AND "expires_at" > ?`,
        [work.now, String(id), visitOf(actor), `${action}.${input}`, work.now],
      );
      work.expectChange(refused(`/${input}`, 'UNKNOWN_FILE', 'Upload this file first.'));
    }
  }
}
