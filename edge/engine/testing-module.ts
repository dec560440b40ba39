/** Modules for tests: what every manifest says of itself is said here, so that a test says what it is about. */
import type { AnyEntity, Fields } from '../../schemas/module/index.ts';
import type { ActionDef, ErrorDef, Extensions, JobDef, ModuleDef } from '../../schemas/module/module.ts';

type None = Record<never, never>;
type Needed = 'id' | 'entities';

/** A module of what is given; the rest is as small as it can be, and its label is its name. */
export function testModule<
  const E extends Readonly<Record<string, AnyEntity>>,
  const A extends Readonly<Record<string, ActionDef>> = None,
  const V extends Readonly<Record<string, Fields>> = None,
  const S extends Fields = None,
  const J extends Readonly<Record<string, JobDef>> = None,
  const R extends Readonly<Record<string, ErrorDef>> = None,
  const H extends Readonly<Record<string, string>> = None,
  const X extends Extensions = None,
>(
  own: Pick<ModuleDef<E, A, V, S, J, R, H, X>, Needed> & Partial<Omit<ModuleDef<E, A, V, S, J, R, H, X>, Needed>>,
): ModuleDef<E, A, V, S, J, R, H, X> {
  const name = own.id.slice(own.id.indexOf('.') + 1);
  const head = { version: '1.0.0', type: 'app', description: '', icon: 'x', categories: [] } as const;
  const label = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  const nothing = { settings: {} as S, events: {} as V, actions: {} as A };
  return { ...head, label, ...nothing, ...own };
}
