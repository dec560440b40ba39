/** Rights and scopes that a version gains, said to people: `public may read seat` becomes a sentence. */
import type { VersionChange } from '../../schemas/protocol/index.ts';
import { entityPlural, fieldLabel, humanise, inSentence, type ManifestJson } from '../api/manifest-reader.ts';
import { type StringKey, t } from '../strings/translate.ts';

type Manifests = ReadonlyMap<string, ManifestJson>;

const verbs = new Set(['read', 'create', 'update', 'delete']);

const whoOf = (role: string): string =>
  ['public', 'customer', 'staff', 'admin', 'module', 'ai'].includes(role)
    ? t(`may.${role}` as StringKey)
    : humanise(role);

const moduleLabel = (manifests: Manifests, name: string): string => manifests.get(name)?.label ?? humanise(name);

/** Rights of people who do not work here are what somebody wants to see first. */
const outsiders = /^(?:public|customer) may /;

/** What the change lets strangers do, then the module itself, then whoever works here; a line that is not understood stays as it came. */
export const grownSentences = (
  { module, permissions, scopes }: Pick<VersionChange, 'module' | 'permissions' | 'scopes'>,
  manifests: Manifests,
): string[] => {
  const say = (line: string) => permissionSentence(line, manifests.get(module));
  return [
    ...permissions.filter(line => outsiders.test(line)).map(say),
    ...scopes.map(line => scopeSentence(line, manifests)),
    ...permissions.filter(line => !outsiders.test(line)).map(say),
  ];
};

function permissionSentence(line: string, manifest: ManifestJson | undefined): string {
  const called = /^(\S+) may call (\S+)$/.exec(line);
  if (called) return t('may.call', { who: whoOf(called[1]!), action: humanise(called[2]!) });
  const [, role = '', verb = '', entity = '', rest = ''] = /^(\S+) may (\S+) ([\w-]+)(.*)$/s.exec(line) ?? [];
  if (!verbs.has(verb)) return line;
  const declared = manifest?.entities[entity];
  const what = declared ? inSentence(entityPlural(declared)) : humanise(entity).toLocaleLowerCase();
  const plain = t(`may.${verb}` as StringKey, { who: whoOf(role), what });
  const some = rest.startsWith(' where ') ? t('may.some', { sentence: plain }) : plain;
  // The condition is JSON and ends with a brace; what follows the colon behind it are the fields.
  const fields = /(?:^|\}): (\w[\w, ]*)$/.exec(rest)?.[1];
  if (!fields) return some;
  if (fields === 'every field') return t('may.every', { sentence: some });
  const names = fields.split(', ').map(name => {
    const field = declared?.fields[name];
    return field ? fieldLabel(name, field) : humanise(name);
  });
  return t('may.fields', { sentence: some, fields: names.map(inSentence).join(', ') });
}

function scopeSentence(line: string, manifests: Manifests): string {
  const [, module = '', action] = /^call ([\w-]+)\.(\w+)$/.exec(line) ?? [];
  if (action) return t('may.useOther', { action: humanise(action), module: moduleLabel(manifests, module) });
  const host = /^reach (\S+)$/.exec(line)?.[1];
  if (host) return t('may.reach', { host });
  const [, field, target = '', entity = ''] = /^keep (\w+) on ([\w-]+)\.(\w+)$/.exec(line) ?? [];
  if (field) {
    const declared = manifests.get(target)?.entities[entity];
    const what = inSentence(declared?.label ?? humanise(entity));
    return t('may.keep', { field: humanise(field), what, module: moduleLabel(manifests, target) });
  }
  const acting = /^(\w+) acts as the system$/.exec(line)?.[1];
  return acting ? t('may.system', { action: humanise(acting) }) : line;
}
