/** The references that a field holds: itself, the elements of its list, members of its objects. */
import type { FieldJson } from '../../../schemas/module/index.ts';

export interface Reference {
  /** From the field's value to the id; `*` stands for each element of a list. */
  readonly path: readonly string[];
  /** `entity`, or `module.entity`. */
  readonly to: string;
  /** How much of the path leads to the nearest thing around it that may be absent: an element, an optional member, the field. */
  readonly cut: number;
  readonly onDelete: Extract<FieldJson, { kind: 'ref' }>['onDelete'];
  /** Unquoted. */
  readonly table: string;
}

export function referencesOf(
  node: FieldJson,
  tableOf: (to: string) => string,
  path: readonly string[] = [],
  around = 0,
): readonly Reference[] {
  const cut = node.required && path.at(-1) !== '*' ? around : path.length;
  switch (node.kind) {
    case 'ref':
      return [{ path, to: node.to, cut, onDelete: node.onDelete, table: tableOf(node.to) }];
    case 'list':
      return referencesOf(node.of, tableOf, [...path, '*'], cut);
    case 'object':
      return Object.entries(node.fields).flatMap(([name, member]) =>
        referencesOf(member, tableOf, [...path, name], cut),
      );
    default:
      return [];
  }
}

/** The ids in a field's value, each with its JSON Pointer (RFC 6901) within that value. */
export function idsAt(value: unknown, path: readonly string[], pointer = ''): { id: string; pointer: string }[] {
  if (value == null) return [];
  const [step, ...rest] = path;
  if (step === undefined) return [{ id: String(value), pointer }];
  if (step !== '*') return idsAt((value as Readonly<Record<string, unknown>>)[step], rest, `${pointer}/${step}`);
  return (value as readonly unknown[]).flatMap((element, i) => idsAt(element, rest, `${pointer}/${i}`));
}
