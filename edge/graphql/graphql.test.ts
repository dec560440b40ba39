import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { getIntrospectionQuery } from 'graphql';
import { codes, startGraph } from './testing.ts';

describe('GraphQL over the engine', () => {
  const { engine, app, reads, ask } = startGraph();

  before(async () => {
    for (const name of ['Attic', 'Blue', 'Cellar']) {
      const room = await engine.create(engine.actors.admin, 'room', 'room', { name, floor: name.length });
      for (const day of ['10', '11']) {
        const span = { start: `2026-02-${day}T10:00:00Z`, end: `2026-02-${day}T11:00:00Z` };
        await engine.create(engine.actors.admin, 'room', 'stay', { room: room.id, ...span });
      }
    }
  });
  after(() => engine.close());

  it('a connection pages by cursors, counts, sorts and filters', async () => {
    const first = await ask(
      '{ roomRooms(first: 2, sort: [name_DESC]) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { name floor } } } }',
    );
    const page = first.data.roomRooms;
    assert.deepEqual([page.totalCount, page.pageInfo.hasNextPage], [3, true]);
    assert.deepEqual(
      page.edges.map((edge: { node: { name: string } }) => edge.node.name),
      ['Cellar', 'Blue'],
    );
    assert.equal(page.edges[1].cursor, page.pageInfo.endCursor);
    const next = await ask(
      'query ($after: String) { roomRooms(first: 2, sort: [name_DESC], after: $after) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }',
      { after: page.edges[0].cursor },
    );
    assert.deepEqual(
      next.data.roomRooms.nodes.map((node: { name: string }) => node.name),
      ['Blue', 'Attic'],
    );
    assert.deepEqual(next.data.roomRooms.pageInfo, { hasNextPage: false, hasPreviousPage: true });
    const found = await ask(
      '{ roomRooms(filter: { or: [{ name: { startsWith: "At" } }, { floor: { eq: 4 } }] }) { nodes { name } } }',
    );
    assert.deepEqual(
      found.data.roomRooms.nodes.map((node: { name: string }) => node.name),
      ['Attic', 'Blue'],
    );
    assert.deepEqual(codes(await ask('{ roomRooms(first: 500) { nodes { name } } }')), ['INVALID_QUERY']);
    assert.deepEqual(codes(await ask('{ roomRooms(after: "forged") { nodes { name } } }')), ['INVALID_QUERY']);
  });

  it('references of a level are read in one batch, whatever their number', async () => {
    reads.length = 0;
    const answer = await ask(
      '{ a: roomStays { nodes { room { name } roomId } } b: roomRooms { nodes { name } } roomStays(first: 3) { edges { node { room { id recordId } } } } }',
    );
    assert.equal(answer.errors, undefined);
    assert.equal(answer.data.a.nodes.length, 6);
    assert.equal(answer.data.a.nodes[0].room.name, 'Attic');
    assert.equal(reads.length, 2, 'one batch for the roots, one for the references');
    assert.deepEqual(
      reads.map(batch => batch.length),
      [3, 1],
    );
  });

  it('a connection pages back, from its end and from a cursor', async () => {
    const ends = '{ nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor } }';
    const end = (await ask(`{ roomRooms(last: 2) ${ends} }`)).data.roomRooms;
    const names = (page: { nodes: { name: string }[] }) => page.nodes.map(node => node.name);
    assert.deepEqual(names(end), ['Blue', 'Cellar']);
    assert.deepEqual([end.pageInfo.hasNextPage, end.pageInfo.hasPreviousPage], [false, true]);
    const earlier = `query ($before: String) { roomRooms(last: 2, before: $before) ${ends} }`;
    const start = (await ask(earlier, { before: end.pageInfo.startCursor })).data.roomRooms;
    assert.deepEqual(names(start), ['Attic']);
    assert.deepEqual([start.pageInfo.hasNextPage, start.pageInfo.hasPreviousPage], [true, false]);
    assert.deepEqual(codes(await ask('{ roomRooms(first: 1, last: 1) { totalCount } }')), ['INVALID_QUERY']);
    assert.deepEqual(codes(await ask('{ roomRooms(last: 0) { totalCount } }')), ['INVALID_QUERY']);
  });

  it('records that point to those of a level are read in one statement, whatever their number', async () => {
    reads.length = 0;
    const answer = await ask(
      '{ roomRooms { nodes { name stays(first: 1, sort: [start_DESC]) { totalCount nodes { start room { name } } pageInfo { hasNextPage endCursor } } } } }',
    );
    assert.equal(answer.errors, undefined);
    const rooms = answer.data.roomRooms.nodes as { name: string; stays: { totalCount: number; nodes: object[] } }[];
    assert.deepEqual(
      rooms.map(({ name, stays }) => [name, stays.totalCount, stays.nodes]),
      ['Attic', 'Blue', 'Cellar'].map(name => [name, 2, [{ start: '2026-02-11T10:00:00Z', room: { name } }]]),
    );
    assert.deepEqual(
      reads.map(batch => batch.length),
      [1, 2, 1],
      'a page, its children with their totals, what these refer to',
    );
    const [first] = answer.data.roomRooms.nodes;
    const next = await ask(
      'query ($after: String) { roomRooms(first: 1) { nodes { stays(after: $after, sort: [start_DESC]) { nodes { start } } } } }',
      { after: first.stays.pageInfo.endCursor },
    );
    assert.deepEqual(next.data.roomRooms.nodes[0].stays.nodes, [{ start: '2026-02-10T10:00:00Z' }]);
    const back = await ask('{ roomRooms(first: 1) { nodes { stays(last: 1) { nodes { start } } } } }');
    assert.deepEqual(back.data.roomRooms.nodes[0].stays.nodes, [{ start: '2026-02-11T10:00:00Z' }]);
    const visitor = await ask('{ roomRooms { nodes { stays { totalCount } } } }', {}, { 'x-actor': 'visitor' });
    assert.match(visitor.errors![0]!.message, /"stays"/, 'what may not be read is not there');
  });

  it('filters look into relations, and rooms are counted and summed', async () => {
    const names = async (filter: string) => {
      const answer = await ask(`{ roomRooms(filter: ${filter}) { nodes { name } } }`);
      assert.equal(answer.errors, undefined, filter);
      return answer.data.roomRooms.nodes.map((node: { name: string }) => node.name);
    };
    assert.deepEqual(await names('{ stays: { some: { room: { some: { name: { eq: "Blue" } } } } } }'), ['Blue']);
    assert.deepEqual(await names('{ not: { stays: { every: { seats: { gt: 5 } } } } }'), ['Attic', 'Blue', 'Cellar']);
    assert.deepEqual(await names('{ floor: { between: [4, 5] } }'), ['Attic', 'Blue']);
    assert.deepEqual(await names('{ tags: { some: { eq: "x" } } }'), []);
    assert.deepEqual(await names('{ price: { amount: { gt: 1 } } }'), []);
    const { data } = await ask(
      '{ roomStaysAggregate(measure: [count, sum_seats], group: [day_start], zone: "Europe/Prague", sort: ["-count"]) { group measures } }',
    );
    assert.deepEqual(data.roomStaysAggregate[0], {
      group: { 'day(start,Europe/Prague)': '2026-02-10' },
      measures: { count: 3, 'sum(seats)': 3 },
    });
  });

  it('many writes are one mutation, with an outcome for each or none at all', async () => {
    const bulk =
      'mutation ($mode: BulkMode!, $operations: [Room_Room_Operation!]!) { bulkRoomRooms(mode: $mode, operations: $operations) { status record { id name } error { code errors { pointer } } } }';
    const create = (name: string) => ({ create: { input: { name } } });
    const made = await ask(bulk, { mode: 'ATOMIC', operations: [create('Bulk 1'), create('Bulk 2')] });
    assert.deepEqual(
      made.data.bulkRoomRooms.map((item: { status: number; record: { name: string } }) => [
        item.status,
        item.record.name,
      ]),
      [
        [201, 'Bulk 1'],
        [201, 'Bulk 2'],
      ],
    );
    assert.deepEqual(codes(await ask(bulk, { mode: 'ATOMIC', operations: [create('Bulk 3'), create('Bulk 1')] })), [
      'ALREADY_EXISTS',
    ]);
    const [one, two] = made.data.bulkRoomRooms.map((item: { record: { id: string } }) => item.record.id);
    const each = await ask(bulk, {
      mode: 'EACH',
      operations: [
        { update: { id: one, ifMatch: 9, input: { floor: 1 } } },
        { delete: { id: one } },
        { delete: { id: two } },
      ],
    });
    assert.deepEqual(
      each.data.bulkRoomRooms.map((item: { status: number }) => item.status),
      [412, 204, 204],
    );
    assert.equal(each.data.bulkRoomRooms[0].error.code, 'PRECONDITION_FAILED');
  });

  it('node finds by global id, and by no other', async () => {
    const { data } = await ask('{ roomRooms { nodes { id recordId } } }');
    const [room] = data.roomRooms.nodes;
    const one = await ask('query ($id: ID!) { node(id: $id) { __typename id ... on Room_Room { name } } }', {
      id: room.id,
    });
    assert.deepEqual(one.data.node, { __typename: 'Room_Room', id: room.id, name: 'Attic' });
    for (const id of [room.recordId, 'x', '']) {
      assert.equal((await ask('query ($id: ID!) { node(id: $id) { id } }', { id })).data.node, null);
    }
    const byId = await ask('query ($id: ID!) { roomRoom(id: $id) { name } roomStay(id: $id) { id } }', { id: room.id });
    assert.deepEqual(byId.data, { roomRoom: { name: 'Attic' }, roomStay: null });
    const stays = await ask('query ($id: ID!) { roomStays(filter: { room: { eq: $id } }) { totalCount } }', {
      id: room.id,
    });
    assert.equal(stays.data.roomStays.totalCount, 2);
  });

  it('mutations are the verbs of REST, with their codes, pointers and revisions', async () => {
    const made = await ask(
      'mutation { createRoomRoom(input: { name: "Den", price: { amount: 4900, currency: "EUR" } }) { id rev price { amount currency } open } }',
    );
    const { id, rev } = made.data.createRoomRoom;
    assert.deepEqual(made.data.createRoomRoom.price, { amount: 4900, currency: 'EUR' });
    const changed = await ask(
      'mutation ($id: ID!) { updateRoomRoom(id: $id, input: { floor: 9 }, ifMatch: 1) { rev floor } }',
      { id },
    );
    assert.deepEqual(changed.data.updateRoomRoom, { rev: rev + 1, floor: 9 });
    const stale = await ask(
      'mutation ($id: ID!) { updateRoomRoom(id: $id, input: { floor: 8 }, ifMatch: 1) { rev } }',
      { id },
    );
    assert.deepEqual([codes(stale), stale.errors![0]!.extensions['status']], [['PRECONDITION_FAILED'], 412]);
    const taken = await ask('mutation { createRoomRoom(input: { name: "Den" }) { id } }');
    assert.deepEqual(codes(taken), ['ALREADY_EXISTS']);
    assert.deepEqual(taken.errors![0]!.extensions['errors'][0].pointer, '/name');
    const removed = await ask('mutation ($id: ID!) { deleteRoomRoom(id: $id) }', { id });
    assert.equal(removed.data.deleteRoomRoom, id);
    assert.equal((await ask('query ($id: ID!) { node(id: $id) { id } }', { id })).data.node, null);
    const { data } = await ask('{ roomStays { nodes { id state } } }');
    const leave = 'mutation ($id: ID!) { leaveRoomStay(id: $id) { state room { name } } }';
    const stay = data.roomStays.nodes[0];
    assert.deepEqual((await ask(leave, { id: stay.id })).data.leaveRoomStay, {
      state: 'gone',
      room: { name: 'Attic' },
    });
    assert.deepEqual(codes(await ask(leave, { id: stay.id })), ['INVALID_TRANSITION']);
    assert.deepEqual((await ask('mutation { roomGreet(input: { times: 2 }) { text } }')).data, {
      roomGreet: { text: 'Hello 4' },
    });
    assert.equal((await ask('{ roomPeek { rooms } }')).data.roomPeek.rooms, 4);
  });

  it('an Idempotency-Key repeats each mutation of a request by its own name', async () => {
    const query =
      'mutation { one: createRoomRoom(input: { name: "One" }) { id } two: createRoomRoom(input: { name: "Two" }) { id } }';
    const headers = { 'idempotency-key': 'k-1' };
    const first = await ask(query, {}, headers);
    assert.equal(first.errors, undefined);
    assert.deepEqual(await ask(query, {}, headers), first);
    const other = await ask('mutation { one: createRoomRoom(input: { name: "Else" }) { id } }', {}, headers);
    assert.deepEqual(codes(other), ['IDEMPOTENCY_MISMATCH']);
  });

  it('each role has a schema of its own', async () => {
    const staff = { 'x-actor': 'staff' };
    const refused = await ask('mutation { createRoomRoom(input: { name: "X" }) { id } }', {}, staff);
    assert.match(refused.errors![0]!.message, /Cannot query field "createRoomRoom"/);
    assert.equal((await ask('{ roomRooms { totalCount } }', {}, staff)).errors, undefined);
    const visitor = { 'x-actor': 'visitor' };
    assert.ok((await ask('{ roomRooms { nodes { name } } }', {}, visitor)).data.roomRooms.nodes.length > 2);
    assert.match((await ask('{ roomRooms { nodes { floor } } }', {}, visitor)).errors![0]!.message, /"floor"/);
    assert.match((await ask('{ roomRooms { nodes { secret } } }')).errors![0]!.message, /"secret"/);
  });

  it('introspection is for staff and keys', async () => {
    assert.equal((await ask(getIntrospectionQuery())).errors, undefined);
    const visitor = await ask('{ __schema { types { name } } }', {}, { 'x-actor': 'visitor' });
    assert.match(visitor.errors![0]!.message, /introspection/);
    assert.equal(visitor.data, undefined);
    assert.equal((await ask('{ __typename }', {}, { 'x-actor': 'visitor' })).data.__typename, 'Query');
  });

  it('GET asks, POST changes', async () => {
    const get = (query: string) =>
      app.request(`http://inlay.test/api/graphql?query=${encodeURIComponent(query)}`, {
        headers: { accept: 'application/graphql-response+json' },
      });
    assert.equal((await get('{ __typename }')).status, 200);
    const refused = await get('mutation { createRoomRoom(input: { name: "G" }) { id } }');
    assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'POST']);
  });

  it('an unforeseen failure says nothing of its cause', async () => {
    const answer = await ask('{ roomLie { n } }');
    assert.deepEqual(codes(answer), ['INTERNAL']);
    assert.equal(answer.errors![0]!.message, 'Something went wrong on our side');
  });
});
