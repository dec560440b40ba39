/** Takes what a visitor has sent by a form: a record is made, or an action of the module is called. */
import * as z from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import { validate } from '../../schemas/errors/validate.ts';
import type { GenericWidgetJson } from '../../schemas/module/index.ts';
import type { Submitted } from '../../schemas/protocol/index.ts';
import { runAction } from '../engine/actions.ts';
import type { Call, Reply } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import { createRecord } from '../engine/records/index.ts';
import type { Runtime } from '../engine/runtime.ts';
import { valuesOf } from './form-controls.ts';
import { fieldsOf } from './views.ts';

const submission = z.strictObject({
  values: z.record(z.string().max(60), z.json()),
  took: z.number().min(0),
  trap: z.string().max(1000).optional(),
  locale: z.string().max(35).optional(),
});

/** Milliseconds in which nobody reads and fills in a form. */
const tooFast = 1_500;

/**
 * Throws VALIDATION_FAILED with a pointer for each field, RATE_LIMITED for what was sent faster than people are. What fills in the
 * field that people do not see is told that all went well, and nothing is kept.
 */
export async function submitForm(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  widget: GenericWidgetJson,
  body: unknown,
): Promise<Reply> {
  const { values: given, took, trap } = validate(submission, body);
  if (trap) return reply({ status: 200, body: '' }, { id: null });
  if (took < tooFast) throw Problem.of('RATE_LIMITED', { detail: 'That was faster than people are. Send it again.' });
  const values = valuesOf(fieldsOf(module, widget), widget.fields, given, widget.currency);
  const made =
    widget.entity === undefined
      ? await runAction(runtime, call, module, widget.action!, values)
      : await createRecord(runtime, call, { module, entity: module.entities.get(widget.entity)! }, values);
  const { data } = JSON.parse(made.body) as { data: { id?: unknown } };
  return reply(made, { id: typeof data.id === 'string' ? data.id : null });
}

const reply = (made: Reply, data: Submitted): Reply => ({ ...made, status: 200, body: JSON.stringify({ data }) });
