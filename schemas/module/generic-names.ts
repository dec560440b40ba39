/** Checks that a widget without an element of its own can be drawn: what it names is there, and visitors may see or send it. */
import { isCurrency } from '../money/index.ts';
import type { FieldJson, FieldKind } from './field.ts';
import { filterNames } from './filter-names.ts';
import { type FormPart, widgetTexts } from './generic-widget.ts';
import type { EntityJson, FieldsJson, GenericWidgetJson, GrantJson, ManifestJson, Verb } from './manifest.ts';

/** Kinds that a form has a control for. */
const entered: ReadonlySet<FieldKind> = new Set(
  'text richText int decimal money bool date instant localTime duration enum zone address file list'.split(
    ' ',
  ) as FieldKind[],
);
/** Kinds that have no text of their own for a visitor. */
const unshown: ReadonlySet<FieldKind> = new Set('ref list object json file zone geo'.split(' ') as FieldKind[]);

/** Sentences about what is wrong, with the place in the manifest. */
export function genericProblems(manifest: ManifestJson, name: string, widget: GenericWidgetJson): string[] {
  const at = `widgets.${name}`;
  const problems: string[] = [];
  const refuse = (bad: unknown, where: string, why: string) => {
    if (bad) problems.push(`${at}${where && `.${where}`}: ${why}`);
  };
  const module = manifest.id.slice(manifest.id.indexOf('.') + 1);
  const tags = [`inlay-${module}`, `inlay-${module}-${name}`];
  refuse(!tags.includes(widget.tag), 'tag', `the tag is ${tags.join(' or ')}`);
  refuse(widget.kind !== 'form' && widget.entity === undefined, '', `a ${widget.kind} names its entity`);
  refuse(widget.kind !== 'form' && widget.action, 'action', 'only a form calls an action');
  refuse(widget.kind === 'form' && !widget.entity === !widget.action, '', 'a form names an entity or an action');
  refuse(widget.kind === 'calendar' && !widget.start, 'start', 'a calendar says when a record starts');
  const entity = widget.entity === undefined ? undefined : manifest.entities[widget.entity];
  refuse(widget.entity !== undefined && !entity, 'entity', `"${widget.entity}" is not declared`);
  const fields = entity?.fields ?? (widget.action && manifest.actions[widget.action]?.input);
  if (!fields || problems.length > 0) return problems;
  checkTexts(widget, refuse);
  if (widget.kind === 'form') checkForm(widget, fields, entity, refuse);
  else checkRecords(widget, entity!, refuse);
  return problems;
}

type Refuse = (bad: unknown, where: string, why: string) => void;

function checkTexts({ texts = {}, fields, detail = [] }: GenericWidgetJson, refuse: Refuse): void {
  const known: readonly string[] = [...widgetTexts, ...fields, ...detail];
  for (const [locale, words] of Object.entries(texts)) {
    for (const key of Object.keys(words)) {
      refuse(!known.includes(key.split('.')[0]!), `texts.${locale}`, `"${key}" is no text of this widget`);
    }
  }
}

/** Stars are few, and a signature is a drawing. */
const fits: Readonly<Record<FormPart, (node: FieldJson) => boolean>> = {
  rating: node => node.kind === 'int' && (node.min ?? 0) >= 0 && (node.max ?? 99) <= 10,
  signature: node => node.kind === 'text' && !node.format && (node.max ?? 0) >= 20_000,
};

/** Visitors upload for an action alone; of lists there are choices and files. */
function isEntered(node: FieldJson, entity: EntityJson | undefined): boolean {
  if (node.kind === 'file') return !entity && node.visitors !== undefined;
  if (node.kind === 'list') return node.of.kind === 'enum' || (node.of.kind === 'file' && isEntered(node.of, entity));
  return entered.has(node.kind) && !node.translated;
}

const isSet = (node: FieldJson): boolean => Boolean(node.readOnly || node.computed || node.hidden);
const visitorGrant = (entity: EntityJson, verb: Verb): GrantJson | undefined => entity.access['public']?.[verb];
const allows = (grant: GrantJson | undefined, field: string): boolean =>
  grant === true || (grant !== undefined && (grant.fields?.includes(field) ?? true));

function checkForm(widget: GenericWidgetJson, fields: FieldsJson, entity: EntityJson | undefined, refuse: Refuse) {
  const grant = entity && visitorGrant(entity, 'create');
  refuse(entity && !grant, 'entity', 'visitors (public) may not create it');
  for (const name of widget.fields) {
    const node = fields[name];
    refuse(!node, 'fields', `"${name}" is not declared`);
    if (!node) continue;
    refuse(isSet(node) || name === entity?.states?.field, 'fields', `"${name}" is not for visitors to set`);
    refuse(!isEntered(node, entity), 'fields', `there is no control for "${name}"`);
    refuse(grant && !allows(grant, name), 'fields', `visitors (public) may not set "${name}"`);
    refuse(
      node.kind === 'money' && !isCurrency(widget.currency ?? ''),
      'currency',
      `"${name}" is an amount and needs one`,
    );
  }
  for (const [name, part] of Object.entries(widget.parts ?? {})) {
    const node = widget.fields.includes(name) ? fields[name] : undefined;
    refuse(!node || !fits[part](node), 'parts', `"${name}" cannot be a ${part}`);
  }
  for (const [name, node] of Object.entries(fields)) {
    const given =
      widget.fields.includes(name) || node.default !== undefined || isSet(node) || name === entity?.states?.field;
    refuse(node.required && !given, 'fields', `"${name}" is needed and has no default`);
  }
}

const builtIn: FieldJson = { kind: 'instant', required: true };
const fieldOf = (entity: EntityJson, name: string): FieldJson | undefined =>
  name === 'createdAt' ? builtIn : entity.fields[name];

function checkRecords(widget: GenericWidgetJson, entity: EntityJson, refuse: Refuse): void {
  const grant = visitorGrant(entity, 'read');
  refuse(!grant, 'entity', 'visitors (public) may not read it');
  const seen = (name: string | undefined, where: string) => {
    if (name === undefined) return undefined;
    const node = fieldOf(entity, name);
    refuse(!node || node.hidden, where, `"${name}" is not declared`);
    refuse(grant && name !== 'createdAt' && !allows(grant, name), where, `visitors (public) may not read "${name}"`);
    return node;
  };
  for (const part of ['fields', 'detail'] as const) {
    for (const name of widget[part] ?? []) {
      refuse(unshown.has(seen(name, part)?.kind ?? 'text'), part, `"${name}" has no text to show`);
    }
  }
  seen(widget.sort?.replace(/^-/, ''), 'sort');
  const image = seen(widget.image, 'image');
  refuse(image && image.kind !== 'file', 'image', `"${widget.image}" is no file`);
  for (const part of ['start', 'end'] as const) {
    const node = seen(widget[part], part);
    refuse(
      node && node.kind !== 'date' && node.kind !== 'instant',
      part,
      `"${widget[part]}" is no date and no instant`,
    );
  }
  for (const name of filterNames(widget.filter)) {
    refuse(!fieldOf(entity, name) && name !== 'updatedAt', 'filter', `"${name}" is not declared`);
  }
}
