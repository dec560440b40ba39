/** Takes a record one step on: asks first where the step is a danger, says what was done. */
import type { Api } from '../api/api.ts';
import type { Desk, Toasts } from '../api/contexts.ts';
import type { AnyRecord, EntityAddress } from '../api/data-client.ts';
import { type EntityJson, humanise, inSentence, recordLabel } from '../api/manifest-reader.ts';
import { asProblem } from '../api/problem.ts';
import { problemText } from '../shell/states.ts';
import { t } from '../strings/translate.ts';

interface Step {
  readonly api: Api;
  readonly desk: Desk;
  readonly toasts: Toasts;
  readonly clientId: string;
  readonly at: EntityAddress;
  readonly entity: EntityJson;
  readonly record: AnyRecord;
  readonly name: string;
}

/** Prefix under which everything read of a module's data is remembered. */
export const dataKey = (clientId: string, module: string): string => `data:${clientId}:${module}.`;

export const transitionLabel = (entity: EntityJson, name: string): string =>
  entity.states?.transitions[name]?.label ?? humanise(name);

/** The changed record, or undefined when it was not done. */
export const runTransition = async (step: Step): Promise<AnyRecord | undefined> => {
  const { entity, record, name } = step;
  const transition = entity.states?.transitions[name];
  if (!transition) return undefined;
  const label = transitionLabel(entity, name);
  const subject = recordLabel(entity, record);
  const from = humanise(String(record[entity.states!.field]));
  const question = {
    title: t('step.title', { step: label, name: subject }),
    body: t('step.body', { from, to: humanise(transition.to) }),
    confirm: t('step.confirm', { step: label, what: inSentence(entity.label) }),
    danger: true,
  };
  if (transition.danger && !(await step.desk.ask(question))) return undefined;
  try {
    const changed = await step.api.data(step.clientId).transition(step.at, record.id, name, crypto.randomUUID());
    step.toasts.show({ text: t('step.done', { name: subject, state: humanise(transition.to) }) });
    return changed ?? { ...record, [entity.states!.field]: transition.to };
  } catch (error) {
    step.toasts.show({ text: problemText(asProblem(error)), tone: 'error' });
    return undefined;
  } finally {
    step.api.cache.stale(dataKey(step.clientId, step.at.module));
  }
};
