/** The module language: manifests, fields, handlers. */
export { type AnyEntity, type EntityDef, entity, type Where } from './entity.ts';
export { extendedManifests, extensionField, onForeignEntity } from './extension.ts';
export {
  type Address,
  type AnyField,
  type ApiDraft,
  campaignFields,
  type Draft,
  Field,
  type FieldJson,
  type FieldKind,
  type FieldMeta,
  type FieldNode,
  type Fields,
  f,
  type Geo,
  type Id,
  type ImageRecipe,
  type Input,
  type Parsed,
  type Row,
  type SequenceOptions,
} from './field.ts';
export {
  type FormPart,
  formParts,
  type GenericKind,
  genericKinds,
  widgetTexts,
} from './generic-widget.ts';
export {
  type ActionHandler,
  type Context,
  type DraftOf,
  type EventContext,
  type EventHandler,
  type ExtensionRepository,
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
  actionsOf,
  type ConstraintJson,
  type EffectJson,
  type ElementWidgetJson,
  type EntityJson,
  type ExtensionJson,
  elementEvents,
  type FieldsJson,
  type GenericWidgetJson,
  type GrantJson,
  isComparison,
  type JobJson,
  type LockJson,
  ManifestError,
  type ManifestJson,
  majorVersion,
  moduleName,
  parseManifest,
  publisherOf,
  type RetentionJson,
  type StatesJson,
  type TransitionJson,
  toManifest,
  type Verb,
  type WidgetJson,
} from './manifest.ts';
export type { BackfillDef, BackfillSource, ContractDef, MigrationDef } from './migration.ts';
export {
  type AnyModule,
  defineModule,
  type ExtensionDef,
  type Extensions,
  type JobDef,
  type ModuleType,
  type WidgetDef,
} from './module.ts';
export { type StableIds, type StableName, withStableIds } from './stable-ids.ts';
export { canBegin, startsOf, whileText } from './transition-start.ts';
export { localePattern, lookUpLocale, type Translated, textFor } from './translated.ts';
export { weeklyWindows } from './weekly-windows.ts';
