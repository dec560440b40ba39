/** What is done to several records at once, with the way back where there is one. */
import type { AnyRecord, BulkOperation, BulkOutcome } from '../api/data-client.ts';
import {
  type EntityJson,
  entityPlural,
  humanise,
  inSentence,
  type ManifestJson,
  recordLabel,
  transitionsFrom,
} from '../api/manifest-reader.ts';
import { asProblem } from '../api/problem.ts';
import { problemText } from '../shell/states.ts';
import { t, tn } from '../strings/translate.ts';
import { askStep, type Bench, dataKey, stepBack } from './run-transition.ts';

/** `label` for one record, how many of what for several. */
const naming = (entity: EntityJson, records: readonly AnyRecord[]): string =>
  records.length === 1
    ? recordLabel(entity, records[0]!)
    : tn('many.of', records.length, { what: inSentence(entityPlural(entity)) });

/** Steps that each of the records can take. */
export const commonSteps = (entity: EntityJson, records: readonly AnyRecord[]): string[] => {
  const [first, ...others] = records.map(record => transitionsFrom(entity, record).map(([name]) => name));
  return first?.filter(name => others.every(steps => steps.includes(name))) ?? [];
};

/** Runs them a hundred at a time; those that were refused are told. Gives the outcomes, in order. */
async function each(bench: Bench, operations: readonly BulkOperation[]): Promise<readonly BulkOutcome[]> {
  const { api, toasts, clientId, at } = bench;
  const outcomes: BulkOutcome[] = [];
  try {
    for (let from = 0; from < operations.length; from += 100) {
      const part = operations.slice(from, from + 100);
      outcomes.push(...(await api.data(clientId).bulk(at, part, crypto.randomUUID())));
    }
    const refused = outcomes.filter(({ status }) => status >= 400);
    if (refused.length > 0) {
      const why = refused[0]!.error?.detail ?? refused[0]!.error?.title ?? '';
      toasts.show({ text: tn('many.refused', refused.length, { why }), tone: 'error' });
    }
  } catch (error) {
    toasts.show({ text: problemText(asProblem(error)), tone: 'error' });
  } finally {
    api.cache.stale(dataKey(clientId, at.module));
  }
  return outcomes;
}

/** Names what goes with the records: their own fields, and records of the module that hang on them. */
function lost(manifest: ManifestJson, name: string): string {
  const hanging = Object.values(manifest.entities).filter(entity =>
    Object.values(entity.fields).some(
      field => field.kind === 'ref' && field.to === name && field.onDelete === 'cascade',
    ),
  );
  const with_ = hanging.map(entity => inSentence(entityPlural(entity))).join(', ');
  return with_ ? t('record.lostWith', { with: with_ }) : t('record.lost');
}

/** True when at least one was deleted. Asks first where nothing is kept; where it is, the toast brings it back. */
export async function deleteRecords(
  bench: Bench,
  manifest: ManifestJson,
  records: readonly AnyRecord[],
): Promise<boolean> {
  const { desk, toasts, entity, at } = bench;
  const name = naming(entity, records);
  const what = records.length === 1 ? inSentence(entity.label) : inSentence(entityPlural(entity));
  if (!entity.softDelete) {
    const question = {
      title: t('record.deleteTitle', { name }),
      body: lost(manifest, at.entity),
      confirm: t('record.delete', { what }),
      danger: true,
    };
    if (!(await desk.ask(question))) return false;
  }
  const outcomes = await each(
    bench,
    records.map(({ id }) => ({ op: 'delete', id }) as const),
  );
  const gone = records.filter((_, index) => (outcomes[index]?.status ?? 500) < 400);
  if (gone.length === 0) return false;
  toasts.show({
    text: t('record.deleted', { name: naming(entity, gone) }),
    ...(entity.softDelete ? { undo: () => void restoreRecords(bench, gone) } : {}),
  });
  return true;
}

export async function restoreRecords(bench: Bench, records: readonly AnyRecord[]): Promise<void> {
  const { api, toasts, clientId, at, entity } = bench;
  const data = api.data(clientId);
  const back: AnyRecord[] = [];
  try {
    for (const { id } of records) back.push(await data.restore(at, id, crypto.randomUUID()));
  } catch (error) {
    toasts.show({ text: problemText(asProblem(error)), tone: 'error' });
  } finally {
    api.cache.stale(dataKey(clientId, at.module));
  }
  if (back.length > 0) toasts.show({ text: t('record.restored', { name: naming(entity, back) }) });
}

/** Takes the step with each; the toast takes those back that have a step back. */
export async function stepRecords(bench: Bench, records: readonly AnyRecord[], name: string): Promise<void> {
  const { toasts, entity } = bench;
  const { to } = entity.states!.transitions[name]!;
  const subject = naming(entity, records);
  const answer = await askStep(bench, name, subject);
  if (!answer) return;
  const outcomes = await each(
    bench,
    records.map(({ id }) => ({ op: 'transition', id, transition: name, data: answer }) as const),
  );
  const back = records.flatMap((record, index) => {
    const changed = outcomes[index]?.data;
    const step = changed && stepBack(entity, changed, record);
    return step ? [{ op: 'transition', id: record.id, transition: step } as const] : [];
  });
  const done = outcomes.filter(({ status }) => status < 400).length;
  if (done === 0) return;
  toasts.show({
    text: t('step.done', {
      name: done === records.length ? subject : tn('many.of', done, { what: inSentence(entityPlural(entity)) }),
      state: humanise(to),
    }),
    ...(back.length === done ? { undo: () => void each(bench, back) } : {}),
  });
}
