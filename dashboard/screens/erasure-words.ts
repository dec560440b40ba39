/** What an erasure takes and leaves, in the words of the modules, and the receipt as a text to keep. */
import type { ErasurePreview, ErasureProof, KeptRecord } from '../../schemas/protocol/index.ts';
import { entityPlural, fieldLabel, humanise, inSentence, type ManifestJson } from '../api/manifest-reader.ts';
import { formatDate } from '../generic/format-value.ts';
import { locale, t, tn } from '../strings/translate.ts';

export type Manifests = ReadonlyMap<string, ManifestJson>;

export interface Line {
  readonly text: string;
  /** In smaller letters: which fields, or which law. */
  readonly more: string;
}

const numbers = new Intl.NumberFormat(locale);

const find = (name: string, manifests: Manifests) => {
  const [module = '', entity = ''] = name.split('.');
  const manifest = manifests.get(module);
  return { module, entity, manifest, declared: manifest?.entities[entity] };
};

/** `booking.booking` and 3 -> "Booking: 3 bookings". */
const countOf = (name: string, n: number, manifests: Manifests): string => {
  const { module, entity, manifest, declared } = find(name, manifests);
  const one = declared?.label ?? humanise(entity);
  const many = declared ? entityPlural(declared) : `${one}s`;
  const what = inSentence(n === 1 ? one : many);
  return t('erase.line', { module: manifest?.label ?? humanise(module), n: numbers.format(n), what });
};

/** Fields of other modules have their owner before an underscore. */
const fieldsOf = (name: string, fields: readonly string[], manifests: Manifests): string => {
  const { declared } = find(name, manifests);
  const labels = fields.map(field => {
    const own = declared?.fields[field];
    return inSentence(own ? fieldLabel(field, own) : humanise(field.slice(field.indexOf('_') + 1)));
  });
  return [...new Set(labels)].join(', ');
};

export const takenLines = (
  { records, files, snapshots }: Pick<ErasurePreview, 'records' | 'files' | 'snapshots'>,
  manifests: Manifests,
): Line[] => [
  ...records.map(({ entity, count, fields }) => ({
    text: countOf(entity, count, manifests),
    more: fieldsOf(entity, fields, manifests),
  })),
  ...(records.length === 0 ? [{ text: t('erase.onlyTraces'), more: '' }] : []),
  ...(files > 0 ? [{ text: tn('erase.files', files), more: '' }] : []),
  ...(snapshots > 0 ? [{ text: tn('erase.copies', snapshots), more: '' }] : []),
];

/** Records of one kind that one law has kept until one day, together; the longest first. */
export const keptLines = (kept: readonly KeptRecord[], manifests: Manifests): Line[] => {
  const groups = Map.groupBy(kept, ({ entity, until, because }) => JSON.stringify([until, entity, because]));
  return [...groups]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([, list]) => {
      const { entity, until, because } = list[0]!;
      const line = countOf(entity, list.length, manifests);
      return { text: t('erase.until', { line, date: formatDate(until) }), more: because };
    });
};

/** The path of a record that somebody has to look at; null where its module is gone. */
export const recordPath = (
  clientId: string,
  { entity: name, id }: { readonly entity: string; readonly id: string },
  manifests: Manifests,
): string | null => {
  const { module, entity, declared } = find(name, manifests);
  return declared ? `/clients/${clientId}/m/${module}/${entity}/${id}` : null;
};

/** "Booking: service" for a record, in a list of such. */
export const recordWords = (name: string, manifests: Manifests): string => {
  const { module, entity, manifest, declared } = find(name, manifests);
  return `${manifest?.label ?? humanise(module)}: ${inSentence(declared?.label ?? humanise(entity))}`;
};

/** What was done, as the look before it would say it; `snapshots` and the fields come from that look. */
export const takenAsDone = (proof: ErasureProof, before: ErasurePreview, manifests: Manifests): Line[] => {
  const counts = Map.groupBy(proof.records, ({ entity }) => entity);
  const records = [...counts].map(([entity, list]) => ({
    entity,
    count: list.length,
    fields: before.records.find(record => record.entity === entity)?.fields ?? [],
  }));
  const { files, mails } = proof.scrubbed;
  return [
    ...takenLines({ records, files, snapshots: before.snapshots }, manifests),
    ...(mails ? [{ text: tn('erase.mails', mails), more: '' }] : []),
  ];
};

export const residueLines = ({ residue }: ErasureProof): Line[] =>
  residue.map(({ table, column, rows }) => {
    const place = `${humanise(table.replace(/^_/, ''))}, ${inSentence(humanise(column))}`;
    return { text: t('erase.residueAt', { place, n: numbers.format(rows) }), more: '' };
  });

export const outsideLines = ({ scrubbed, compacted }: ErasureProof): string[] => [
  ...(scrubbed.mails === null ? [t('erase.sentMails')] : []),
  ...(compacted ? [] : [t('erase.notCompacted')]),
  t('erase.archives'),
];

export interface Receipt {
  readonly proof: ErasureProof;
  readonly before: ErasurePreview;
  readonly manifests: Manifests;
  readonly client: string;
  readonly by: string;
  readonly when: string;
}

/** The words, and below them the proof itself, from which the fingerprint can be made again. */
export const receiptText = ({ proof, before, manifests, client, by, when }: Receipt): string => {
  const { hash, ...proved } = proof;
  const part = (title: string, lines: readonly Line[]) =>
    lines.length === 0 ? [] : [title, ...lines.map(({ text, more }) => `- ${text}${more && ` (${more})`}`), ''];
  const plain = (text: string): Line => ({ text, more: '' });
  return [
    t('erase.receipt'),
    '',
    t('erase.receiptClient', { name: client }),
    t('erase.receiptWhen', { when }),
    t('erase.receiptBy', { name: by }),
    '',
    t('erase.receiptText'),
    '',
    ...part(t('erase.wasTaken'), takenAsDone(proof, before, manifests)),
    ...part(t('erase.wasKept'), keptLines(proof.kept, manifests)),
    ...part(
      t('erase.judge'),
      proof.unclear.map(({ entity, id }) => ({ text: recordWords(entity, manifests), more: id })),
    ),
    ...part(t('erase.residue'), residueLines(proof)),
    ...part(t('erase.outside'), outsideLines(proof).map(plain)),
    t('erase.receiptProof', { hash }),
    JSON.stringify(proved),
    '',
  ].join('\n');
};
