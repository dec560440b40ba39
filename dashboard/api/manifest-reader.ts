/** What generic screens read from a manifest's JSON form. */

import type { FieldJson } from '../../schemas/module/field.ts';
import type { EntityJson, FieldsJson, ManifestJson, TransitionJson, Verb } from '../../schemas/module/manifest.ts';
import { canBegin } from '../../schemas/module/transition-start.ts';
import { type Translated, textFor } from '../../schemas/module/translated.ts';
import { locale } from '../strings/translate.ts';
import type { AnyRecord, EntityAddress } from './data-client.ts';

export type { EntityJson, FieldJson, FieldsJson, ManifestJson };

// The manifest's own helpers would bring its validator into the page; these are two lines.
export const moduleName = (manifest: { readonly id: string }): string =>
  manifest.id.slice(manifest.id.indexOf('.') + 1);
export const majorVersion = (manifest: { readonly version: string }): number => Number.parseInt(manifest.version, 10);

export const addressOf = (manifest: ManifestJson, entity: string): EntityAddress => ({
  module: moduleName(manifest),
  version: majorVersion(manifest),
  entity,
});

/** `minNotice` -> `Min notice`. */
export const humanise = (name: string): string => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A label within a sentence: `Service` -> `service`, but `API key` stays. */
export const inSentence = (label: string): string =>
  /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLocaleLowerCase() + label.slice(1);

export const fieldLabel = (name: string, field: FieldJson): string => field.label ?? humanise(name);
export const entityPlural = (entity: EntityJson): string => entity.plural ?? `${entity.label}s`;

/** Entities that belong in navigation. */
export const shownEntities = (manifest: ManifestJson): [string, EntityJson][] =>
  Object.entries(manifest.entities).filter(([, entity]) => !entity.display?.internal && may(entity, 'read'));

const outsiders = new Set(['visitor', 'customer', 'public', 'module', 'system']);

/** Whether any staff role has the verb. The server decides; this keeps dead buttons away. */
export const may = (entity: EntityJson, verb: Verb): boolean =>
  Object.entries(entity.access).some(([role, access]) => !outsiders.has(role) && access[verb] !== undefined);

const listable = new Set<FieldJson['kind']>([
  'text',
  'int',
  'decimal',
  'money',
  'bool',
  'date',
  'instant',
  'localTime',
  'duration',
  'enum',
  'ref',
]);

/** Columns of the list: as declared, else the label, the state and the first few short fields. */
export const columnsOf = (entity: EntityJson): string[] => {
  if (entity.display?.columns?.length) return [...entity.display.columns];
  const names = Object.keys(entity.fields).filter(name => {
    const field = entity.fields[name]!;
    return !field.hidden && listable.has(field.kind);
  });
  const first = [labelFieldOf(entity), entity.states?.field].filter(name => name !== undefined && names.includes(name));
  return [...new Set([...(first as string[]), ...names])].slice(0, 6);
};

/** The field that names a record: as declared, else a searched text, else any text. */
export const labelFieldOf = (entity: EntityJson): string | undefined => {
  if (entity.labelField) return entity.labelField;
  const texts = Object.entries(entity.fields).filter(([, field]) => field.kind === 'text' && !field.hidden);
  return (texts.find(([, field]) => field.search) ?? texts[0])?.[0];
};

export const recordLabel = (entity: EntityJson, record: AnyRecord): string => {
  const name = labelFieldOf(entity);
  const given = name ? record[name] : undefined;
  const value = given && typeof given === 'object' ? textFor(given as Translated, [locale, 'en']) : given;
  return typeof value === 'string' && value !== '' ? value : `${entity.label} ${record.id.slice(-6)}`;
};

export const sortable = (field: FieldJson | undefined): boolean =>
  field === undefined || !['list', 'object', 'json', 'richText', 'money', 'ref'].includes(field.kind);

export const transitionsFrom = (entity: EntityJson, record: AnyRecord): [string, TransitionJson][] => {
  const states = entity.states;
  if (!states) return [];
  return Object.entries(states.transitions).filter(
    ([name, step]) => canBegin(states, name, record) && step.roles.some(role => !outsiders.has(role)),
  );
};

/** `calendar.resource` in booking -> that module and entity; `service` -> booking's own. */
export const refTarget = (owner: string, to: string): { module: string; entity: string } => {
  const [first, second] = to.split('.');
  return second ? { module: first!, entity: second } : { module: owner, entity: to };
};
