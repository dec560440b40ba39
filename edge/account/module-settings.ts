/** Refuses settings that a module does not declare. */
import { Problem } from '../../schemas/errors/index.ts';
import type { ControlDeps } from './deps.ts';

/** Throws VALIDATION_FAILED with pointers below `/settings`. */
export async function checkSettings(
  { validateSettings }: ControlDeps,
  module: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const found = await validateSettings(module, settings);
  if (found.length === 0) return;
  const errors = found.map(error => ({ ...error, pointer: `/settings${error.pointer}` }));
  throw Problem.of('VALIDATION_FAILED', { errors });
}

/** A module's name as it is written in a path. Throws NOT_FOUND for what has another form. */
export function moduleNameOf(text: string): string {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(text)) throw Problem.of('NOT_FOUND');
  return text;
}
