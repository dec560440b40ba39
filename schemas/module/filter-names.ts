/** What the filters of a manifest name. */
import type { EntityJson } from './manifest.ts';

/** The fields that a filter compares. */
export function filterNames(filter: object = {}): string[] {
  return Object.entries(filter).flatMap(([key, value]) => {
    if (key === 'not') return filterNames(value);
    return key === 'and' || key === 'or' ? (value as object[]).flatMap(filterNames) : [key];
  });
}

const builtIn = ['id', 'createdAt', 'updatedAt', 'rev'];
const opaque = new Set(['geo', 'address', 'json', 'object']);

/** Why a database cannot hold rows to this filter; a part of money is named `price.amount`. */
export function heldFilterProblems(entity: EntityJson, filter: object): string[] {
  const problems = filterNames(filter).flatMap(name => {
    if (builtIn.includes(name) || (name === 'deletedAt' && entity.softDelete)) return [];
    const [field, part] = name.split('.') as [string, string | undefined];
    const node = entity.fields[field];
    const isPart = part === undefined || (node?.kind === 'money' && (part === 'amount' || part === 'currency'));
    if (!node || !isPart) return [`"${name}" is not declared`];
    const hidden = node.encrypted || node.translated || opaque.has(node.kind);
    return hidden ? [`"${name}" cannot be compared`] : [];
  });
  const actor = /"var":"actor\.\w+"/.exec(JSON.stringify(filter))?.[0];
  return actor ? [...problems, 'a constraint holds whoever writes, so it compares with no actor'] : problems;
}
