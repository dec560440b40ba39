/** Moves responses that several operations give into components, so that each is in the document once. */
import { Names } from './naming.ts';

type Part = Readonly<Record<string, unknown>>;
type Paths = Readonly<Record<string, Part>>;

/** Names follow the order of the paths, so they stay as they are while the modules do. */
export function shareResponses(paths: Paths): { readonly paths: Paths; readonly responses: Part } {
  const seen = new Map<string, number>();
  const count = (_status: string, response: unknown) => {
    const text = JSON.stringify(response);
    seen.set(text, (seen.get(text) ?? 0) + 1);
    return response;
  };
  mapResponses(paths, count);
  const names = new Names();
  const shared = new Map<string, string>();
  const responses: Record<string, unknown> = {};
  const refer = (status: string, response: unknown) => {
    const text = JSON.stringify(response);
    if (Number(status) < 400 || (seen.get(text) ?? 0) < 2) return response;
    let name = shared.get(text);
    if (!name) {
      name = names.take(`Problem${status}`);
      shared.set(text, name);
      responses[name] = response;
    }
    return { $ref: `#/components/responses/${name}` };
  };
  return { paths: mapResponses(paths, refer), responses };
}

function mapResponses(paths: Paths, change: (status: string, response: unknown) => unknown): Paths {
  const each = <T>(of: Part, map: (key: string, value: T) => unknown) =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, map(key, value as T)]));
  return each<Part>(paths, (_path, item) =>
    each<Part>(item, (_method, operation) => ({
      ...operation,
      responses: each(operation['responses'] as Part, change),
    })),
  ) as Paths;
}
