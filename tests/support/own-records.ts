/** Records of a client that a suite may spoil, made from what the manifest says of their fields. */
import { exampleObject } from '../../edge/openapi/field-schema.ts';
import type { FieldJson } from '../../schemas/module/index.ts';
import type { OwnRecords } from './access-own.ts';
import type { Entity } from './access-suite.ts';
import type { DemoClient } from './demo-world.ts';

/** Records that come to be by an action alone: its name and input. */
const made: Readonly<Record<string, readonly [action: string, input: object]>> = {
  'contact.enquiry': ['send', { name: 'Suite', email: 'suite@mail.example', message: 'Hello', consent: true }],
};

export type IdOf = (module: string, entity: string) => Promise<string | undefined>;

let count = 0;

/** `idOf` names a record for a reference; undefined where the client has no record of this kind and no route makes one. */
export async function ownRecords(
  client: DemoClient,
  module: string,
  name: string,
  entity: Entity,
  idOf: IdOf,
): Promise<OwnRecords | undefined> {
  const path = `${module}/v1/${name}`;
  const fields = Object.entries(entity.fields).filter(([, node]) => !node.readOnly && !node.hidden);
  const draft = async (): Promise<object> => {
    count += 1;
    const values = { ...exampleObject(Object.fromEntries(fields), 'input') };
    for (const [field, node] of fields) {
      if (field in values) values[field] = await fitting(field, node, values[field]);
    }
    return values;
  };
  /** As the example, but alone where it has to be, pointing to what is there, and later than the field before it. */
  const fitting = async (field: string, node: FieldJson, value: unknown): Promise<unknown> => {
    if (node.unique) return `${value}-${count}`;
    if (node.kind === 'instant') {
      return new Date(
        Date.parse(String(value)) + fields.findIndex(([other]) => other === field) * 3_600_000,
      ).toISOString();
    }
    if (node.kind !== 'ref') return value;
    const [target = '', of] = node.to.split('.');
    return of === undefined ? idOf(module, target) : idOf(target, of);
  };
  const action = made[`${module}.${name}`];
  const isMade = Object.values(entity.access).some(access => access.create);
  const fresh = action
    ? async () => (await client.data<{ id: string }>(`${module}/v1/actions/${action[0]}`, { body: action[1] })).id
    : isMade
      ? async () => (await client.data<{ id: string }>(path, { body: await draft() })).id
      : undefined;
  const kept = (await idOf(module, name)) ?? (await fresh?.());
  if (kept === undefined) return undefined;
  const deleted =
    fresh &&
    (async () => {
      const id = await fresh();
      await client.call(`${path}/${id}`, { method: 'DELETE' });
      return id;
    });
  return { kept, fresh, deleted };
}
