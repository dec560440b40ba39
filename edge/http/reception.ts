/** Where a request comes in and its reply goes out: an id, the door, other origins, and the headers that every reply carries. */
import type { Hono } from 'hono';
import type { Problem } from '../../schemas/errors/index.ts';
import type { Cors } from './cors.ts';
import type { Door } from './door.ts';
import type { AppEnv } from './env.ts';
import { type ErrorLog, failureResponse, problemResponse } from './problems.ts';
import { ReplyHead } from './reply-head.ts';
import { requestIdOf } from './request-id.ts';

export interface ReceptionOptions {
  readonly door?: Door;
  readonly cors?: Cors;
  /** Hears of failures before any route is met. */
  readonly log?: ErrorLog;
}

/** Puts the reception before an app's own `fetch`: not a middleware, so that a route that needs none is called at once. */
export function receive(app: Hono<AppEnv>, { door, cors, log }: ReceptionOptions = {}): Hono<AppEnv> {
  const serve = app.fetch;
  app.fetch = (request, bindings, context) => {
    const head = new ReplyHead(requestIdOf(request.headers));
    const answer = () => completed(head, serve(request, { ...bindings, head }, context));
    const fail = (error: unknown) => failureResponse(error, head, request.method, log);
    const enter = (refusal: Problem | undefined) => {
      if (refusal) return problemResponse(refusal, head);
      const early = cors?.(request, pathOf(request.url), head);
      return early instanceof Promise ? early.catch(fail).then(reply => reply ?? answer()) : (early ?? answer());
    };
    const refusal = door?.(request.url);
    return refusal instanceof Promise ? refusal.then(enter, fail) : enter(refusal);
  };
  return app;
}

function completed(head: ReplyHead, response: Response | Promise<Response>): Response | Promise<Response> {
  return response instanceof Promise ? response.then(reply => head.complete(reply)) : head.complete(response);
}

/** Without what follows a question mark. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const end = url.indexOf('?', start);
  return url.slice(start, end < 0 ? undefined : end);
}
