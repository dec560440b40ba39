/** The module language: manifests, fields, handlers. */
export { type AnyEntity, type EntityDef, entity, type Where } from './entity.ts';
export {
  type AnyField,
  type ApiDraft,
  type Draft,
  Field,
  type FieldJson,
  type FieldKind,
  type FieldMeta,
  type FieldNode,
  type Fields,
  f,
  type Id,
  type Input,
  type Parsed,
  type Row,
} from './field.ts';
export {
  type ActionHandler,
  type Context,
  type DraftOf,
  type EventContext,
  type EventHandler,
  type Implementation,
  implement,
  type JobContext,
  type JobHandler,
  type Repositories,
  type Repository,
  type RowOf,
  type SettingsOf,
  type SiteContext,
  type TransitionHandler,
  type TransitionOf,
  type WhereOf,
} from './implement.ts';
export {
  type ActionJson,
  type ConstraintJson,
  type EntityJson,
  type FieldsJson,
  type GrantJson,
  type JobJson,
  type ManifestJson,
  majorVersion,
  moduleName,
  parseManifest,
  type StatesJson,
  toManifest,
  type Verb,
} from './manifest.ts';
export type { BackfillDef, BackfillSource, ContractDef, MigrationDef } from './migration.ts';
export { type AnyModule, defineModule, type JobDef, type ModuleType, type WidgetDef } from './module.ts';
