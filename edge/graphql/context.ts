/** What resolvers are given: the caller, the engine, and this request's loader. */
import type { GraphQLFieldConfig, GraphQLFieldConfigMap, GraphQLFieldResolver } from 'graphql';
import { GraphQLError } from 'graphql';
import { type DataDeps, limitAction, type OpenRequest } from '../data/open-request.ts';
import type { Call } from '../engine/call.ts';
import type { CompiledModule } from '../engine/compile/module.ts';
import type { Runtime } from '../engine/runtime.ts';
import type { AppContext } from '../http/env.ts';
import { problemHandler, toProblem } from '../http/problems.ts';
import type { Surface } from '../openapi/surface.ts';
import { ChildLoader } from './child-loader.ts';
import { problemError } from './errors.ts';
import { batchedRuntime } from './read-batch.ts';
import { RecordLoader } from './record-loader.ts';

/** What the server hands to each resolver. */
export interface Carrier {
  readonly graph: GraphContext;
}
export type GraphField = GraphQLFieldConfig<unknown, Carrier>;
export type FieldMap = GraphQLFieldConfigMap<unknown, Carrier>;
export type GraphResolver = GraphQLFieldResolver<unknown, Carrier>;

const report = problemHandler();

export class GraphContext {
  readonly surface: Surface;
  readonly runtime: Runtime;
  readonly opened: OpenRequest;
  readonly call: Call;
  readonly #deps: DataDeps;
  readonly #c: AppContext;
  /** For queries: reads of one level travel together. */
  readonly reads: Runtime;
  loader: RecordLoader;
  readonly children: ChildLoader;

  constructor(deps: DataDeps, c: AppContext, opened: OpenRequest, call: Call, surface: Surface) {
    this.#deps = deps;
    this.#c = c;
    this.opened = opened;
    this.call = call;
    this.surface = surface;
    this.runtime = deps.runtime;
    this.reads = batchedRuntime(deps.runtime);
    this.loader = new RecordLoader(this.reads, call);
    this.children = new ChildLoader(this.reads, call);
  }

  /** After a write, nothing read before it counts any more. */
  forget(): void {
    this.loader = new RecordLoader(this.reads, this.call);
  }

  /** The call of one mutation: its Idempotency-Key is the request's with the answer's name, so that several may share a request. */
  callFor(responseName: string, fieldName: string, args: unknown): Call {
    const { idempotencyKey } = this.call;
    if (idempotencyKey === undefined) return this.call;
    return {
      ...this.call,
      idempotencyKey: `${idempotencyKey}/${responseName}`,
      fingerprint: `graphql ${fieldName} ${JSON.stringify(args)}`,
    };
  }

  limitAction(module: CompiledModule, action: string): Promise<void> | void {
    return limitAction(this.#deps, this.#c, this.opened, module, action);
  }

  /** Writes what was not foreseen to the log. */
  report(error: unknown): void {
    if (toProblem(error).status >= 500 && error instanceof Error) report(error, this.#c);
  }
}

/** A resolver whose engine errors come out as GraphQL errors with code and status. */
export const guarded =
  (resolve: GraphQLFieldResolver<unknown, GraphContext>): GraphResolver =>
  async (source, args, { graph }, info) => {
    try {
      return await resolve(source, args, graph, info);
    } catch (error) {
      if (error instanceof GraphQLError) throw error;
      graph.report(error);
      throw problemError(toProblem(error));
    }
  };
