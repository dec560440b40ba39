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
