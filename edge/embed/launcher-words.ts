/** What a widget's own button says, as its module has it in a language. */
import type { Registry } from '../engine/registry.ts';
import { chooseLocale } from './locale.ts';

/** Undefined for a module without such words: its button is then named by whoever places it. */
export async function launcherWords(registry: Registry, name: string, locale: string): Promise<string | undefined> {
  const strings = (await registry.load(name))?.code?.strings ?? {};
  const spoken = chooseLocale([locale], [Object.keys(strings)]).strings;
  return strings[spoken]?.['open'];
}
