/** What a browser keeps of a conversation once its visitor has written; a storage that refuses is none. */

export interface Kept {
  readonly token: string;
  /** Highest place that the visitor has seen. */
  readonly seen: number;
  /** Whom the page had vouched for. */
  readonly user?: string | undefined;
}

const name = 'inlay-chat';

export const keptText = (): string | null | undefined => {
  try {
    return localStorage.getItem(name);
  } catch {}
};

export const kept = (): Kept | undefined => {
  try {
    const value = JSON.parse(keptText()!);
    return typeof value.token === 'string' ? { ...value, seen: +value.seen || 0 } : undefined;
  } catch {}
};

export const keep = (value: Kept | undefined): void => {
  try {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  } catch {}
};
