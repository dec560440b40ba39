/** What the text of a statement tells about it, where no driver can be asked. */

const COMMENTS = /^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/;
const STRINGS = /'(?:[^']|'')*'/g;
const READS = /^(?:select|values|explain|pragma)\b/i;
const WITH = /^with\b/i;
const WRITES_INSIDE =
  /\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|delete\s+from|update\s+(?:or\s+\w+\s+)?["\w]+\s+(?:as\s+\w+\s+)?set)\b/i;
const DEFINES = /^(?:create|alter|drop|reindex|pragma)\b/i;

/** The statement without the comments before its first word. */
export function withoutLeadingComments(sql: string): string {
  return sql.replace(COMMENTS, '');
}

/** Whether the statement may change rows or tables. */
export function writes(sql: string): boolean {
  const text = withoutLeadingComments(sql);
  if (READS.test(text)) return false;
  return !WITH.test(text) || WRITES_INSIDE.test(text.replace(STRINGS, "''"));
}

/** Whether the statement may change tables, so that what was prepared before is out of date. */
export function definesSchema(sql: string): boolean {
  return DEFINES.test(withoutLeadingComments(sql));
}
