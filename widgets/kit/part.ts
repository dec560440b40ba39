/** Fetches a part of a widget that the first view does without, and has the browser refuse one that is not as it was built. */

/**
 * Every `import()` of a widget stands in a `part`. The build adds the files that it fetches, each as its path beside this file and
 * its subresource integrity: they are asked for side by side, and the import takes what these requests bring.
 */
export const part = <T>(
  load: () => Promise<T>,
  files: readonly (readonly [path: string, integrity: string])[] = [],
) => {
  // What the loader's own links have, for a page whose policy asks for it.
  const nonce = document.querySelector<HTMLLinkElement>('link[rel=modulepreload]')?.nonce;
  for (const [path, integrity] of files) {
    const href = new URL(path, import.meta.url);
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'modulepreload', integrity, nonce, href }),
    );
  }
  return load();
};
