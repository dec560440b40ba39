/** What was done to a record, as a field of it. */
import { GraphQLID, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLString } from 'graphql';
import { recordHistory } from '../engine/records/history.ts';
import type { EntitySurface } from '../openapi/surface.ts';
import { type GraphField, guarded } from './context.ts';
import { pageItems, saysItems } from './items.ts';
import type { RecordJson } from './record-loader.ts';
import { dateTime, json } from './scalars.ts';
import type { TypeBuilder } from './type-builder.ts';

const text = { type: new GraphQLNonNull(GraphQLString) };

/** Entries on a page where nobody says. */
const usualSize = 25;

/** The latest first; one read of its own for each record. */
export function historyField(surface: EntitySurface, build: TypeBuilder): GraphField {
  const page = build.once('HistoryConnection', () => {
    const actor = new GraphQLObjectType({
      name: 'HistoryActor',
      fields: { kind: text, id: { type: GraphQLID } },
    });
    const entry = new GraphQLObjectType({
      name: 'HistoryEntry',
      fields: {
        id: { type: new GraphQLNonNull(GraphQLID) },
        at: { type: new GraphQLNonNull(dateTime) },
        actor: { type: new GraphQLNonNull(actor) },
        action: text,
        diff: { type: json, description: 'Values that were set, and the `reason` of a step.' },
      },
    });
    return new GraphQLObjectType({
      name: 'HistoryConnection',
      fields: {
        nodes: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(entry))) },
        after: { type: GraphQLString, description: 'Where the next page begins; null on the last one.' },
      },
    });
  });
  return {
    type: new GraphQLNonNull(page),
    description: 'What was done to the record, the latest first.',
    ...saysItems(pageItems),
    args: { first: { type: GraphQLInt }, after: { type: GraphQLString } },
    resolve: guarded(async (source, args, { reads, call }) => {
      const { id } = source as RecordJson;
      const params = new URLSearchParams({ 'page[size]': String(args['first'] ?? usualSize) });
      if (args['after'] != null) params.set('page[after]', String(args['after']));
      const { body } = await recordHistory(reads, call, surface, id, params);
      const { data, page } = JSON.parse(body) as { data: unknown[]; page: { after: string | null } };
      return { nodes: data, after: page.after };
    }),
  };
}
