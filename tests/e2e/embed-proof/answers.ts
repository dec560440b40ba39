/** What a host that a test has rewritten says to a widget: refusals, silence, and replies that were changed on their way. */
import type { BrowserContext, Route } from 'playwright-core';

const headers = { 'access-control-allow-origin': '*' };

/** A refusal by its code, as `fulfill` takes it. */
export const refusal = (code: string, status = 409) => ({ status, headers, json: { status, code, title: code } });

/** To be given to `route`: nothing ever comes. */
export const silent = (): Promise<void> => new Promise(() => {});

/** To be given to `route`: no connection. */
export const cutOff = (route: Route): Promise<void> => route.abort('internetdisconnected');

/** Has a test change what the host says, in place. */
export const change =
  <T>(edit: (json: T) => void) =>
  async (route: Route): Promise<void> => {
    const response = await route.fetch();
    const json = (await response.json()) as T;
    edit(json);
    await route.fulfill({ response, json });
  };

/** Has a test change what a session says of one module. */
export const changeHello = <T>(context: BrowserContext, module: string, edit: (data: T) => void): Promise<unknown> =>
  context.route(
    /\/session\?/,
    change<{ modules: Record<string, { data: T }> }>(({ modules }) => edit(modules[module]!.data)),
  );

/** To be given to `route`. */
export type Answer = (route: Route) => Promise<unknown>;

/** What a host answers, by action, `submit`, `session` or name of a chunk; a test changes it while the page is open. */
export type Answers = Record<string, Answer | undefined>;

/** Has a test say what the host answers, and the host itself where the test says nothing. */
export const answerAs = (context: BrowserContext, answers: Answers): Promise<unknown> =>
  context.route(/\/(?:actions|embed|widgets)\//, route => {
    const last = new URL(route.request().url()).pathname.split('/').at(-1)!;
    return (answers[last.replace(/-[\w-]{8}\.js$/, '')] ?? (other => other.fallback()))(route);
  });

/** An answer that keeps everybody waiting until a test lets it go, as what it is or as another. */
export const heldBack = (): { readonly answer: Answer; go(as?: Answer): void } => {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  return { answer: async route => (await promise)(route), go: (as = route => route.fallback()) => resolve(as) };
};

/** To be given to `route`: a refusal, with the fields that it is about. */
export const refuse =
  (code: string, fields: readonly string[] = [], status?: number): Answer =>
  route => {
    const { json, ...rest } = refusal(code, status);
    const errors = fields.map(name => ({ pointer: `/${name}`, code: 'INVALID', message: 'Invalid' }));
    return route.fulfill({ ...rest, json: { ...json, title: 'Something went wrong on our side', errors } });
  };

/** As `change`, of what an action gives. */
export const changeReply = <T>(edit: (data: T) => void): Answer => change<{ data: T }>(({ data }) => edit(data));

/** To be given to `addInitScript`: the loader gives way to a button when its patience of 4.3 s is over, which is when the test says so. */
export const holdPatience = (): void => {
  const own = window.setTimeout;
  const ends: (() => void)[] = [];
  Object.assign(window, { ends });
  window.setTimeout = ((run: (...given: unknown[]) => void, wait?: number, ...given: unknown[]) =>
    wait === 4300 ? ends.push(() => run(...given)) : own(run, wait, ...given)) as typeof setTimeout;
};

/** To be given to `route`: done, with nothing to say. */
export const done = (route: Route): Promise<void> => route.fulfill({ headers, json: { data: {} } });
