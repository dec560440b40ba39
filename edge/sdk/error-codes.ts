/** Every error code that the modules of a surface can answer with. */
import { errorTable } from '../../schemas/errors/index.ts';
import type { Surface } from '../openapi/surface.ts';

export function errorCodes(surface: Surface): readonly string[] {
  const own = surface.modules.flatMap(({ module }) => Object.keys(module.manifest.errors ?? {}));
  return [...new Set([...Object.keys(errorTable), ...own])].sort();
}
