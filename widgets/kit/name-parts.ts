/** Gives every widget the same parts for a page to style: they follow from what an element is, so that no widget has to name them. */

/** Selectors by part; the documentation of the base element says what each is. */
const parts = {
  title: 'h2',
  item: 'li:not(.dots *)',
  button: 'button',
  field: 'input,select,textarea',
  label: 'label',
  notice: '.notice',
  error: '.error',
};

/** Names what a render has left; one that has other parts keeps them. */
export const nameParts = (root: ParentNode): void => {
  for (const [name, selector] of Object.entries(parts))
    for (const element of root.querySelectorAll(`:is(${selector}):not([part~=${name}])`)) element.part.add(name);
};
