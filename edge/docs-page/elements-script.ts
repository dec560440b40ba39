/** The script of /docs/elements: brings the elements to life from above downwards, switches colours and direction, copies. */
export const elementsScript = `
import { examples } from '/docs/elements-examples.js';
const root = document.documentElement;
addEventListener('change', ({ target: { name, value, checked } }) => {
  if (name === 'rtl') root.dir = checked ? 'rtl' : 'ltr';
  // Widgets look again at a page whose class changes.
  else if (name === 'accent') root.className = value;
  else root.dataset[name] = value;
});
addEventListener('click', async ({ target }) => {
  if (!target.matches('.copy')) return;
  await navigator.clipboard.writeText(target.previousElementSibling.textContent);
  target.textContent = 'Copied';
  setTimeout(() => { target.textContent = 'Copy'; }, 1500);
});
for (const section of document.querySelectorAll('main > section')) {
  const { show } = await import(section.dataset.chunk);
  for (const element of section.querySelectorAll('.stage *')) {
    if (element.localName.startsWith('inlay-example-')) show(element);
    examples[element.localName]?.(element);
  }
}
root.dataset.ready = '';
`;
