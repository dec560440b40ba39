/** Light, dark, or as the system has it; kept in this browser. */

export type Scheme = 'auto' | 'light' | 'dark';
const key = 'inlay-scheme';

export const readScheme = (): Scheme => {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  } catch {
    return 'auto';
  }
};

export const applyScheme = (scheme: Scheme = readScheme()): void => {
  const { dataset } = document.documentElement;
  if (scheme === 'auto') delete dataset['scheme'];
  else dataset['scheme'] = scheme;
  try {
    if (scheme === 'auto') localStorage.removeItem(key);
    else localStorage.setItem(key, scheme);
  } catch {
    // Storage may be blocked: the choice then lasts as long as the page.
  }
};
