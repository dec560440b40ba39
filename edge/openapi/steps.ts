/** What the steps of an entity take: fields that the caller may change anyway, and why, where a step asks for it. */
import type { FieldJson, TransitionJson } from '../../schemas/module/index.ts';
import { type JsonSchema, objectSchema } from './field-schema.ts';
import { ref } from './operation-parts.ts';
import type { EntitySurface } from './surface.ts';

/** Steps that take the same. */
export interface StepKind {
  readonly names: readonly string[];
  readonly askReason: TransitionJson['askReason'];
}

export function stepKinds({ transitions }: EntitySurface): readonly StepKind[] {
  const kinds = Map.groupBy(Object.entries(transitions), ([, { askReason }]) => askReason);
  return [...kinds].map(([askReason, steps]) => ({ askReason, names: steps.map(([name]) => name) }));
}

export const reasonField = (askReason: NonNullable<StepKind['askReason']>): FieldJson => ({
  kind: 'text',
  min: 1,
  max: 500,
  required: askReason === 'required',
  label: 'Why, in words of your own',
});

/** `update` names the component of the entity's changes. */
export function stepSchema(
  { updatable }: EntitySurface,
  update: string,
  askReason: StepKind['askReason'],
): { readonly schema: JsonSchema; readonly example: object } {
  if (!askReason) {
    const nothing: JsonSchema = { type: 'object', additionalProperties: false };
    return { schema: updatable ? ref('schemas', update) : nothing, example: {} };
  }
  const fields = objectSchema(updatable ?? {}, 'input', true);
  const { type: _null, ...reason } = objectSchema({ reason: { ...reasonField(askReason), required: true } }, 'input');
  const { reason: node } = reason['properties'] as Readonly<Record<string, JsonSchema>>;
  return {
    schema: {
      ...fields,
      ...(askReason === 'required' ? { required: ['reason'] } : {}),
      properties: { ...(fields['properties'] as object), reason: node },
    },
    example: { reason: 'The customer asked for it.' },
  };
}
