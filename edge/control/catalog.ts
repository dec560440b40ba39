/** The modules that this installation offers. */
import type { ModuleSummary } from '../../schemas/protocol/index.ts';

export interface ModuleCatalog {
  list(): readonly ModuleSummary[];
  /** With `manifest`. */
  get(name: string): ModuleSummary | undefined;
}
