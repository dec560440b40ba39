/** Parts that operations are put together from. */
import type { parameters } from './components.ts';
import type { JsonSchema } from './field-schema.ts';

export type Part = Readonly<Record<string, unknown>>;

export const ref = (kind: 'schemas' | 'parameters', name: string) => ({ $ref: `#/components/${kind}/${name}` });
export const shared = (...names: (keyof typeof parameters)[]) => names.map(name => ref('parameters', name as string));
export const json = (schema: JsonSchema, example: unknown): Part => ({ 'application/json': { schema, example } });
export const bodyOf = (schema: JsonSchema, example: unknown): Part => ({
  required: true,
  content: json(schema, example),
});
export const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema => {
  const required = Object.keys(properties).filter(name => !optional.includes(name));
  return { type: 'object', ...(required.length > 0 ? { required } : {}), properties };
};
export const envelope = (schema: JsonSchema): JsonSchema => object({ data: schema });
export const text: JsonSchema = { type: 'string' };
export const whole: JsonSchema = { type: 'integer' };

/** Component names of one entity. */
export interface EntityNames {
  readonly record: string;
  readonly filter: string;
  readonly create: string;
  readonly update: string;
}
