/** What a field begins with: the tag's own `prefill`, then what the page gave with `Inlay('prefill', ...)`. */
import type { InlayElement } from './base-element.ts';

/** Empty where the page gave nothing, or something that is no JSON. */
export const prefilled = ({ prefill, context }: InlayElement, name: string): string => {
  let own: Record<string, unknown> | null = null;
  try {
    own = JSON.parse(prefill ?? 'null');
  } catch {}
  return `${own?.[name] ?? context?.page.prefill?.[name] ?? ''}`;
};
