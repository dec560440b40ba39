/** The rooms of the engine's tests behind GraphQL, with every read batch that reaches their store. */
import type { Hono } from 'hono';
import type { Statement } from '../../schemas/ports/index.ts';
import { serveRoutes } from '../data/testing.ts';
import type { TestEngine } from '../engine/testing.ts';
import { start } from '../engine/testing-room.ts';
import type { AppEnv } from '../http/env.ts';
import { graphqlRoutes } from './routes.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into many shapes
  readonly data: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into many shapes
  readonly errors: { message: string; extensions: Record<string, any> }[] | undefined;
}

export const codes = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions['code']);

export interface Graph {
  readonly engine: TestEngine;
  readonly app: Hono<AppEnv>;
  readonly reads: (readonly Statement[])[];
  ask(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
}

export function startGraph(): Graph {
  const engine = start();
  const reads: (readonly Statement[])[] = [];
  const { stores } = engine.runtime;
  const open: typeof stores.open = async (...args) => {
    const db = await stores.open(...args);
    return {
      write: statements => db.write(statements),
      read: statements => {
        reads.push(statements);
        return db.read(statements);
      },
    };
  };
  const app = serveRoutes({ ...engine, runtime: { ...engine.runtime, stores: { ...stores, open } } }, graphqlRoutes);
  return {
    engine,
    app,
    reads,
    async ask(query, variables = {}, headers = {}) {
      const response = await app.request('http://inlay.test/api/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
    },
  };
}
