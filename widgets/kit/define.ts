/** Guarded definition: the same tag from two scripts, or of two versions, is one element and no error. */
export const define = (tag: string, element: CustomElementConstructor): void => {
  if (!customElements.get(tag)) customElements.define(tag, element);
};
