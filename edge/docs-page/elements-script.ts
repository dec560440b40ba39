/** The script of /docs/elements: brings the elements to life from above downwards, switches colours and direction, copies. */
export const elementsScript = `
const root = document.documentElement;
addEventListener('change', ({ target: { name, value, checked } }) => {
  if (name === 'rtl') root.dir = checked ? 'rtl' : 'ltr';
  else root.dataset[name] = value;
});
addEventListener('click', async ({ target }) => {
  if (!target.matches('.copy')) return;
  await navigator.clipboard.writeText(target.previousElementSibling.textContent);
  target.textContent = 'Copied';
  setTimeout(() => { target.textContent = 'Copy'; }, 1500);
});
for (const { dataset } of document.querySelectorAll('main > section')) await import(dataset.chunk);
root.dataset.ready = '';
`;
