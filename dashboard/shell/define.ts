/** Defines an element and those it uses, once. */
import { define as defineOne } from '../../widgets/kit/define.ts';

export const define = (tag: string, element: CustomElementConstructor): void => {
  if (customElements.get(tag)) return;
  const { uses = {} } = element as { uses?: Readonly<Record<string, CustomElementConstructor>> };
  for (const [part, partClass] of Object.entries(uses)) define(part, partClass);
  defineOne(tag, element);
};
