import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { getNamedType, isObjectType } from 'graphql';
import { surfaceOf } from '../openapi/surface.ts';
import { itemsOf } from './items.ts';
import { schemaOf } from './schema.ts';
import { codes, startGraph } from './testing.ts';

describe('bounds on a GraphQL query', () => {
  const { engine, reads, ask } = startGraph();
  after(() => engine.close());

  it('bombs are refused before a resolver runs', async () => {
    const deep = (levels: number) =>
      `{ roomStays { nodes { ${'room { '.repeat(levels)}id${' }'.repeat(levels)} } } }`.replaceAll(
        'room { room',
        'room: room { room',
      );
    const bombs: readonly [string, string][] = [
      [
        `{ ${Array.from({ length: 10_000 }, (_v, i) => `a${i}: roomRooms { totalCount }`).join(' ')} }`,
        'QUERY_TOO_LARGE',
      ],
      [`{ ${Array.from({ length: 31 }, (_v, i) => `a${i}: roomRooms { totalCount }`).join(' ')} }`, 'TOO_MANY_ALIASES'],
      [deep(50), 'QUERY_TOO_DEEP'],
      [`{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }`, 'FRAGMENT_CYCLE'],
      ['{ ...A } fragment A on Query { roomRooms { nodes { id } } ...A }', 'FRAGMENT_CYCLE'],
      [
        `{ ${Array.from({ length: 30 }, (_v, i) => `a${i}: roomStays(first: 200) { nodes { id room { id name floor } } }`).join(' ')} }`,
        'QUERY_TOO_COSTLY',
      ],
      [`{ ${'roomRooms { totalCount } '.repeat(2_000)} }`, 'QUERY_TOO_LARGE'],
      [`{ __typename } #${' '.repeat(70_000)}`, 'QUERY_TOO_LARGE'],
    ];
    reads.length = 0;
    for (const [query, code] of bombs) {
      const answer = await ask(query);
      assert.deepEqual([answer.status, codes(answer), answer.data], [400, [code], undefined], query.slice(0, 80));
    }
    const variables = await ask(
      `query ($n: Int) { ${Array.from({ length: 20 }, (_v, i) => `a${i}: roomStays(first: $n) { nodes { id room { id name } } }`).join(' ')} }`,
      { n: 200 },
    );
    assert.deepEqual(codes(variables), ['QUERY_TOO_COSTLY']);
    assert.equal(reads.length, 0, 'nothing was read');
    assert.equal((await ask('{ roomStays(first: 200) { nodes { id room { id name floor } } } }')).status, 200);
  });

  it('a page costs what it may hold, however its size is asked for', async () => {
    const body = 'nodes { id room { id name floor } }';
    const many = (of: string) => Array.from({ length: 30 }, (_v, i) => `a${i}: ${of}`).join(' ');
    const stays = (size: string) => `roomStays(${size}) { ${body} }`;
    const nested = (size: string) => `roomRooms(first: 100) { nodes { stays(${size}) { ${body} } } }`;
    const bombs: readonly [string, Record<string, unknown>?][] = [
      [`{ ${many(stays('last: 200'))} }`],
      [`query ($n: Int = 200) { ${many(stays('first: $n'))} }`],
      [`query ($n: Int = 200) { ${many(stays('last: $n'))} }`],
      [`query ($n: Int = 1) { ${many(stays('last: $n'))} }`, { n: 200 }],
      [`query ($n: Int) { ${many(stays('first: $n, last: 200'))} }`, { n: null }],
      [
        `query ($n: Int = 200) { ...All } fragment All on Query { ...Page } fragment Page on Query { ${many(stays('first: $n'))} }`,
      ],
      [`{ ${nested('last: 100')} }`],
      [`{ roomStays(first: 200) { nodes { recordHistory(first: 100) { nodes { id at } } } } }`],
      [
        `query ($n: Int = 100) { roomStays(last: 200) { edges { node { ... on Node { id } recordHistory(first: $n) { nodes { id } } } } } }`,
      ],
    ];
    reads.length = 0;
    for (const [query, variables] of bombs) {
      const answer = await ask(query, variables);
      assert.deepEqual(
        [answer.status, codes(answer)],
        [400, ['QUERY_TOO_COSTLY']],
        JSON.stringify([query.slice(0, 120), answer.errors?.map(({ message }) => message)]),
      );
    }
    assert.equal(reads.length, 0, 'nothing was read');
    for (const [query, variables] of [
      [`query ($n: Int = 200) { ${many(stays('first: $n'))} }`, { n: 1 }],
      [`{ roomStays(last: 200) { ${body} } }`],
      ['query ($n: Int = 5) { roomStays(last: 200) { nodes { recordHistory(first: $n) { nodes { id } } } } }'],
    ] as const) {
      const answer = await ask(query, variables);
      assert.deepEqual([answer.status, answer.errors], [200, undefined], query.slice(0, 120));
    }
    const wrong = await ask(`query ($n: Int = 200) { ${many(stays('first: $n'))} }`, { n: 'x' });
    assert.match(wrong.errors![0]!.message, /"\$n"/);
  });

  it('every field that takes the size of a page says how many items it has', () => {
    const { tenant, actors } = engine;
    const schema = schemaOf(surfaceOf({ actor: actors.admin, tenant, site: undefined }));
    const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
    const fields = objects.flatMap(type =>
      Object.values(type.getFields()).map(field => ({ at: `${type.name}.${field.name}`, field })),
    );
    const paged = fields.filter(({ field }) => {
      const named = getNamedType(field.type);
      const holds = isObjectType(named) && 'nodes' in named.getFields();
      return holds || field.args.some(({ name }) => ['first', 'last', 'size', 'operations'].includes(name));
    });
    assert.ok(paged.length > 6);
    assert.deepEqual(
      paged.flatMap(({ at, field }) => (itemsOf(field) ? [] : [at])),
      [],
    );
  });
});
