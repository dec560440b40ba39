/** Checks that whatever one part of a manifest names, another declares. */
import type { FieldJson } from './field.ts';
import { heldFilterProblems } from './filter-names.ts';
import { genericProblems } from './generic-names.ts';
import { actionsOf, type FieldsJson, isComparison, type ManifestJson } from './manifest.ts';
import { reservedNames } from './reserved-names.ts';

/** Names used in one part of the manifest that no other part declares. */
export function danglingNames(manifest: ManifestJson): string[] {
  const problems: string[] = reservedNames(manifest);
  const need = (ok: boolean, where: string, name: string) => {
    if (!ok) problems.push(`${where}: "${name}" is not declared`);
  };
  const required = new Set(Object.keys(manifest.requires ?? {}));
  const checkFields = (fields: FieldsJson, at: string): void => {
    for (const [name, node] of Object.entries(fields)) {
      if (node.kind === 'ref') {
        const [owner, target] = node.to.includes('.') ? node.to.split('.') : [undefined, node.to];
        need(owner ? required.has(owner) : target! in manifest.entities, `${at}.${name}`, node.to);
      }
      if (node.kind === 'object') checkFields(node.fields, `${at}.${name}`);
      if (node.kind === 'list') checkFields({ of: node.of }, `${at}.${name}`);
    }
  };
  for (const [name, entity] of Object.entries(manifest.entities)) {
    const at = `entities.${name}`;
    const has = (field: string) => field in entity.fields;
    checkFields(entity.fields, `${at}.fields`);
    if (entity.labelField) need(has(entity.labelField), `${at}.labelField`, entity.labelField);
    for (const column of entity.display?.columns ?? []) need(has(column), `${at}.display.columns`, column);
    for (const c of entity.constraints ?? []) {
      const s = c.noOverlap ?? c.capacity;
      const used = [
        ...(c.unique ?? []),
        ...(s ? [s.start, s.end, ...s.scope] : []),
        ...(c.capacity ? [c.capacity.quantity, c.capacity.limit] : []),
        ...(isComparison(c.check) ? [c.check.left, c.check.right] : []),
      ];
      need(used.length > 0 || c.check !== undefined, `${at}.constraints`, c.name);
      for (const filter of [c.where, isComparison(c.check) ? undefined : c.check]) {
        const why = filter ? heldFilterProblems(entity, filter) : [];
        problems.push(...why.map(text => `${at}.constraints.${c.name}: ${text}`));
      }
      for (const field of used) need(has(field), `${at}.constraints.${c.name}`, field);
      if (c.code) need(c.code in (manifest.errors ?? {}), `${at}.constraints.${c.name}.code`, c.code);
    }
    checkEntityRules(manifest, name, problems);
    if (entity.states) {
      const stateField = entity.fields[entity.states.field];
      const values = stateField?.kind === 'enum' ? stateField.values : [];
      for (const state of [
        entity.states.initial,
        ...Object.values(entity.states.transitions).flatMap(t => [...t.from, t.to]),
      ]) {
        need(values.includes(state), `${at}.states`, state);
      }
    }
    for (const [role, access] of Object.entries(entity.access)) {
      if (role === 'public' || role === 'customer') {
        const { read } = access;
        const shown =
          !read || read === true
            ? entity.fields
            : Object.fromEntries(
                (read.fields ?? Object.keys(entity.fields)).map(field => [field, entity.fields[field]]),
              );
        if (read && Object.values(shown).some(node => node?.campaign))
          problems.push(
            `${at}.access.${role}.read: which campaign brought somebody is for the business alone; list the other fields`,
          );
      }
      for (const g of Object.values(access)) {
        if (g && g !== true) for (const field of g.fields ?? []) need(has(field), `${at}.access.${role}`, field);
      }
      const preset = access.update && access.update !== true ? access.update.presets : undefined;
      if (entity.states && preset && entity.states.field in preset) {
        problems.push(`${at}.access.${role}.update.presets: the state moves by transitions alone`);
      }
    }
  }
  for (const [target, extension] of Object.entries(manifest.extends ?? {})) {
    need(required.has(target.split('.')[0]!), 'extends', target);
    checkFields(extension.fields, `extends.${target}`);
    for (const [field, node] of Object.entries(extension.fields)) {
      problems.push(
        ...[...fieldProblems(node), ...addedFieldProblems(node)].map(why => `extends.${target}.${field}: ${why}`),
      );
    }
  }
  for (const [name, action] of Object.entries(manifest.actions)) {
    checkFields(action.input, `actions.${name}.input`);
    checkFields(action.output ?? {}, `actions.${name}.output`);
    if (action.captcha && action.effect === 'read') problems.push(`actions.${name}.captcha: of a write alone`);
  }
  for (const [name, fields] of Object.entries(manifest.events)) checkFields(fields, `events.${name}`);
  for (const [name, job] of Object.entries(manifest.jobs ?? {})) {
    if ('payload' in job) checkFields(job.payload, `jobs.${name}.payload`);
  }
  for (const [name, widget] of Object.entries(manifest.widgets ?? {})) {
    for (const action of actionsOf(widget)) need(action in manifest.actions, `widgets.${name}.actions`, action);
    if (widget.kind) problems.push(...genericProblems(manifest, name, widget));
    else if (widget.prefetch) need(widget.prefetch in manifest.actions, `widgets.${name}.prefetch`, widget.prefetch);
  }
  checkMigrations(manifest, need, problems);
  return problems;
}

/** Kinds of fields whose value a number can show. */
const shownScopes = new Set(['text', 'enum', 'int']);
/** Kinds of fields that a step may begin from. */
const plainKinds = new Set(['enum', 'text', 'bool']);
const builtIn = new Set(['id', 'createdAt', 'updatedAt', 'rev']);

/** What locks, retention, transitions and single fields of an entity name, and what cannot be combined. */
function checkEntityRules(manifest: ManifestJson, name: string, problems: string[]): void {
  const entity = manifest.entities[name]!;
  const at = `entities.${name}`;
  const need = (ok: boolean, where: string, used: string) => {
    if (!ok) problems.push(`${at}.${where}: "${used}" is not declared`);
  };
  const refuse = (bad: unknown, where: string, why: string) => {
    if (bad) problems.push(`${at}.${where}: ${why}`);
  };
  const has = (field: string) => field in entity.fields;
  const transitions = entity.states?.transitions ?? {};
  for (const field of entity.lockWhen?.except ?? []) need(has(field), 'lockWhen.except', field);
  if (entity.retention) {
    const { from } = entity.retention;
    const kind = from === 'createdAt' || from === 'updatedAt' ? 'instant' : entity.fields[from]?.kind;
    need(kind === 'instant' || kind === 'date', 'retention.from', from);
  }
  for (const [key, transition] of Object.entries(transitions)) {
    for (const effect of transition.effects ?? []) {
      const event = manifest.events[effect.emit];
      need(event !== undefined, `transitions.${key}.effects`, effect.emit);
      for (const [member, field] of Object.entries(effect.with ?? {})) {
        need(event ? member in event : false, `transitions.${key}.effects.${effect.emit}`, member);
        need(has(field) || builtIn.has(field), `transitions.${key}.effects.${effect.emit}`, field);
      }
    }
    refuse(transition.askReason && has('reason'), `transitions.${key}.askReason`, 'the entity has a field "reason"');
    for (const [field, values] of Object.entries(transition.where ?? {})) {
      const place = `transitions.${key}.where.${field}`;
      const node = entity.fields[field];
      need(node !== undefined, place, field);
      refuse(node && !plainKinds.has(node.kind), place, 'a step begins from values of an enum, a text or a bool');
      refuse(node?.encrypted || node?.hidden, place, 'what nobody sees cannot tell who may take a step');
      refuse(field === entity.states!.field, place, 'the state is what `from` says');
      if (node?.kind === 'enum') for (const value of values) need(node.values.includes(`${value}`), place, `${value}`);
    }
    const timer = transition.after?.field;
    if (timer) need(entity.fields[timer]?.kind === 'instant', `transitions.${key}.after`, timer);
  }
  for (const [field, node] of Object.entries(entity.fields)) {
    refuse(builtIn.has(field), `fields.${field}`, 'the engine has a field of this name');
    for (const why of fieldProblems(node)) problems.push(`${at}.fields.${field}: ${why}`);
    refuse(node.encrypted && entity.states?.field === field, `fields.${field}`, 'a state cannot be encrypted');
    if (node.kind !== 'sequence') continue;
    if (node.scope) need(has(node.scope), `fields.${field}.scope`, node.scope);
    if (node.pattern.includes('{scope}')) {
      const kind = node.scope && entity.fields[node.scope]?.kind;
      refuse(
        !shownScopes.has(kind ?? ''),
        `fields.${field}.pattern`,
        '{scope} needs a scope that is a text, enum or int',
      );
    }
    if (node.on) need(node.on in transitions, `fields.${field}.on`, node.on);
    refuse(Boolean(node.gapless) !== Boolean(node.on), `fields.${field}`, 'a gapless sequence names its transition');
  }
}

/** Modifiers that do not go together, wherever the field stands. */
function fieldProblems(node: FieldJson): string[] {
  const indexed = node.unique || node.index || node.search || node.computed || node.kind === 'sequence';
  return [
    ...(node.translated && node.kind !== 'text' ? ['only text can be translated'] : []),
    ...(node.encrypted && indexed
      ? ['what is encrypted cannot be unique, indexed, searched, computed or a sequence']
      : []),
    ...(node.encrypted && [node, ...partsOf(node)].some(isRef) ? ['a reference cannot be encrypted'] : []),
    ...(node.computed && !isComputable(node)
      ? ['no expression gives an object, a place, an address or translated text']
      : []),
    ...(node.encrypted && node.translated ? ['translated text cannot be encrypted'] : []),
    ...(needsItsReference(node) ? ["a part that must be there has no onDelete 'setNull'"] : []),
    ...(partsOf(node).some(ownAlone) ? ['a part of a field has no column to seal, index, count or work out'] : []),
  ];
}

const isComputable = (node: FieldJson): boolean =>
  !node.translated &&
  !['object', 'geo', 'address'].includes(node.kind) &&
  (node.kind !== 'list' || isComputable(node.of));

const partsOf = (node: FieldJson): readonly FieldJson[] => {
  const parts = node.kind === 'list' ? [node.of] : node.kind === 'object' ? Object.values(node.fields) : [];
  return parts.flatMap(part => [part, ...partsOf(part)]);
};

const isRef = (node: FieldJson): boolean => node.kind === 'ref';

/** Whether a reference would be set to null where neither it, nor an element or a part around it, may be absent. */
function needsItsReference(node: FieldJson): boolean {
  if (node.kind !== 'object' || !node.required) return false;
  return Object.values(node.fields).some(
    part => (part.kind === 'ref' && part.onDelete === 'setNull' && part.required) || needsItsReference(part),
  );
}

const ownAlone = (part: FieldJson): boolean =>
  Boolean(part.encrypted || part.unique || part.index || part.search || part.computed) || part.kind === 'sequence';

/** Records of another module are made, kept and deleted without the module that extends them. */
function addedFieldProblems(node: FieldJson): string[] {
  const lasting = [node, ...partsOf(node)].some(part => part.kind === 'ref' && part.onDelete !== 'setNull');
  return [
    ...(node.kind === 'sequence' || node.computed ? ['not possible on the entity of another module'] : []),
    ...(node.required ? ['a field on the entity of another module is optional'] : []),
    ...(lasting ? ["a reference on the entity of another module has onDelete 'setNull'"] : []),
  ];
}

/** An older step may fill what a later version has given up; what is still declared is never dropped. */
function checkMigrations(
  manifest: ManifestJson,
  need: (ok: boolean, where: string, name: string) => void,
  problems: string[],
): void {
  const has = (entity: string, field: string) => field in (manifest.entities[entity]?.fields ?? {});
  for (const { to, backfill = [], contract = [] } of manifest.migrations ?? []) {
    for (const { entity, set } of to === manifest.version ? backfill : []) {
      for (const field of Object.keys(set)) need(has(entity, field), `migrations.${to}.backfill.${entity}`, field);
    }
    for (const { entity, field } of contract) {
      const kept = field === undefined ? entity in manifest.entities : has(entity, field);
      if (kept) problems.push(`migrations.${to}.contract: "${field ?? entity}" is still declared`);
    }
  }
}
