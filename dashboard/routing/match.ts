/** Finds the route of a path. */
import type { Route } from './routes.ts';

export type Params = Readonly<Record<string, string>>;

const split = (path: string) => path.split('/').filter(part => part !== '');

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const matchOne = (pattern: string, path: string): Params | null => {
  const wanted = split(pattern);
  const given = split(path);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index]!;
    if (part.startsWith(':')) params[part.slice(1)] = decode(text);
    else if (part !== text) return null;
  }
  return params;
};

/** The first route whose pattern fits, with what its `:names` stand for. */
export const matchRoute = (routes: readonly Route[], path: string): { route: Route; params: Params } | null => {
  for (const route of routes) {
    const params = matchOne(route.path, path);
    if (params) return { route, params };
  }
  return null;
};
