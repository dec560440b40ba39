/** Takes a record one step on: asks first where the step is a danger, says what was done, offers the step back where there is one. */
import type { Api } from '../api/api.ts';
import type { Answer, Desk, Toasts } from '../api/contexts.ts';
import type { AnyRecord, EntityAddress } from '../api/data-client.ts';
import { type EntityJson, humanise, inSentence, recordLabel, transitionsFrom } from '../api/manifest-reader.ts';
import { asProblem } from '../api/problem.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';

/** Where a verb runs. */
export interface Bench {
  readonly api: Api;
  readonly desk: Desk;
  readonly toasts: Toasts;
  readonly clientId: string;
  readonly at: EntityAddress;
  readonly entity: EntityJson;
}

interface Step extends Bench {
  readonly record: AnyRecord;
  readonly name: string;
  /** What was answered to the question before a step that has one. */
  readonly answer?: Answer;
}

/** Prefix under which everything read of a module's data is remembered. */
export const dataKey = (clientId: string, module: string): string => `data:${clientId}:${module}.`;

export const transitionLabel = (entity: EntityJson, name: string): string =>
  entity.states?.transitions[name]?.label ?? humanise(name);

/** The step that leads from the record's state to another, if somebody at the desk may take it. */
export const stepTo = (entity: EntityJson, record: AnyRecord, state: string): string | undefined =>
  transitionsFrom(entity, record).find(([, step]) => step.to === state)?.[0];

/** The step that takes `changed` back to the state it had; undefined where there is none that can be taken without a question. */
export const stepBack = (entity: EntityJson, changed: AnyRecord, before: AnyRecord): string | undefined => {
  const { field } = entity.states!;
  const state = String(before[field]);
  // A step that leaves the state where it was has no way back by the state.
  if (changed[field] === state) return undefined;
  return transitionsFrom(entity, changed).find(
    ([, { to, danger, askReason }]) => to === state && !danger && !askReason,
  )?.[0];
};

/** Asks before a dangerous step, and for the reason where the step keeps one; null where the answer was no. */
export const askStep = async (
  { desk, entity }: Pick<Bench, 'desk' | 'entity'>,
  name: string,
  subject: string,
  from?: string,
): Promise<Answer | null> => {
  const { danger, askReason, to } = entity.states!.transitions[name]!;
  if (!danger && !askReason) return {};
  const label = transitionLabel(entity, name);
  return desk.ask({
    title: t('step.title', { step: label, name: subject }),
    body: from === undefined ? t('many.step', { to: humanise(to) }) : t('step.body', { from, to: humanise(to) }),
    confirm: t('step.confirm', { step: label, what: inSentence(entity.label) }),
    danger: danger ?? false,
    ...(askReason ? { reason: askReason } : {}),
  });
};

export const askStepOf = ({ record, name, ...bench }: Step): Promise<Answer | null> => {
  const from = humanise(String(record[bench.entity.states!.field]));
  return askStep(bench, name, recordLabel(bench.entity, record), from);
};

/** The changed record, or undefined when it was not done. */
export const runTransition = async (step: Step): Promise<AnyRecord | undefined> => {
  const { record, name, answer: _given, ...bench } = step;
  const { api, toasts, entity, clientId, at } = bench;
  const transition = entity.states?.transitions[name];
  const answer = step.answer ?? (transition ? await askStepOf(step) : null);
  if (!transition || !answer) return undefined;
  try {
    const reply = await api.data(clientId).transition(at, record.id, name, crypto.randomUUID(), answer);
    const changed = reply ?? { ...record, [entity.states!.field]: transition.to };
    const back = stepBack(entity, changed, record);
    const stays = record[entity.states!.field] === transition.to;
    const state = stays ? transitionLabel(entity, name) : humanise(transition.to);
    toasts.show({
      text: t('step.done', { name: recordLabel(entity, record), state }),
      ...(back ? { undo: () => void runTransition({ ...bench, record: changed, name: back }) } : {}),
    });
    return changed;
  } catch (error) {
    toasts.show({ text: problemText(asProblem(error)), tone: 'error' });
    return undefined;
  } finally {
    api.cache.stale(dataKey(clientId, at.module));
  }
};
