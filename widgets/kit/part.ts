/** Fetches a part of a widget that the first view does without, and has the browser refuse one that is not as it was built. */

/**
 * Every `import()` of a widget stands in a `part`. The build adds the files that it fetches, each as its path beside this file and
 * its subresource integrity: they are asked for side by side, and the import takes what these requests bring.
 */
export const part = <T>(
  load: () => Promise<T>,
  files: readonly (readonly [path: string, integrity: string])[] = [],
) => {
  for (const [path, integrity] of files) {
    const { href } = new URL(path, import.meta.url);
    const find = (selector: string) => document.querySelector<HTMLLinkElement>(`link[${selector}]`);
    if (find(`href="${href}"`)) continue;
    const link = document.createElement('link');
    // As the loader's own links have it, for a page whose policy asks for it.
    const nonce = find('rel=modulepreload')?.nonce;
    // A file that did not come is asked for again, and judged again.
    const onerror = () => link.remove();
    document.head.append(Object.assign(link, { rel: 'modulepreload', integrity, nonce, href, onerror }));
  }
  return load();
};
