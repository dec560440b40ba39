import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type DemoWorld, startDemoWorld } from '../support/demo-world.ts';

interface Problem {
  readonly status: number;
  readonly code: string;
}

const parallel = 200;
const guest = { name: 'Race Runner', email: 'race@mail.example', zone: 'Europe/Prague', locale: 'en' };

describe('races over HTTP', () => {
  let world: DemoWorld;
  let service: string;
  before(async () => {
    world = await startDemoWorld();
    const services = await world.salon.data<{ id: string; slug: string }[]>('booking/v1/service');
    service = services.find(entry => entry.slug === 'beard')!.id;
  });
  after(() => world?.host.stop());

  /** Every reply as its status; all that failed are 409 problems. */
  async function race(
    attempt: (index: number) => Promise<Response>,
  ): Promise<{ won: Response[]; codes: Map<string, number> }> {
    const replies = await Promise.all(Array.from({ length: parallel }, (_, index) => attempt(index)));
    const won = replies.filter(reply => reply.ok);
    const codes = new Map<string, number>();
    for (const reply of replies) {
      if (reply.ok) continue;
      assert.equal(reply.headers.get('content-type'), 'application/problem+json');
      const problem = (await reply.json()) as Problem;
      assert.equal(reply.status, 409, JSON.stringify(problem));
      assert.equal(problem.status, 409);
      codes.set(problem.code, (codes.get(problem.code) ?? 0) + 1);
    }
    return { won, codes };
  }

  const allocationsAt = async (start: string) =>
    (
      await world.salon.data<{ id: string; status: string }[]>(
        `calendar/v1/allocation?filter[start][eq]=${start}&page[size]=200`,
      )
    ).filter(row => row.status !== 'released');

  /** The first free time, and what is allotted there from now on: the demo may have somebody else busy then. */
  async function freeSlot() {
    const [start] = await world.salon.slots(service);
    const before = new Set((await allocationsAt(start!)).map(({ id }) => id));
    const allotted = async () => (await allocationsAt(start!)).filter(({ id }) => !before.has(id));
    return { start: start!, statuses: async () => (await allotted()).map(({ status }) => status) };
  }

  it('RC-1 AV-16 200 parallel bookings of one slot: one wins, 199 get a problem', async () => {
    const { start, statuses } = await freeSlot();
    const { won, codes } = await race(() =>
      world.salon.call('booking/v1/actions/book', { body: { service, start, ...guest } }),
    );
    assert.equal(won.length, 1);
    assert.equal(
      [...codes.values()].reduce((sum, count) => sum + count, 0),
      parallel - 1,
    );
    assert.deepEqual(await statuses(), ['firm']);
  });

  it('AV-16 200 parallel holds of one slot: one wins and can be confirmed', async () => {
    const { start, statuses } = await freeSlot();
    const { won } = await race(() => world.salon.call('booking/v1/actions/hold', { body: { service, start } }));
    assert.equal(won.length, 1);
    const { data } = (await won[0]!.json()) as { data: { hold: string } };
    const confirmed = await world.salon.action<{ status: string }>('confirm', { hold: data.hold, ...guest });
    assert.equal(confirmed.status, 'confirmed');
    assert.deepEqual(await statuses(), ['firm']);
  });

  it('200 parallel confirms of one hold: one wins', async () => {
    const { start, statuses } = await freeSlot();
    const { hold } = await world.salon.action<{ hold: string }>('hold', { service, start });
    const { won } = await race(() => world.salon.call('booking/v1/actions/confirm', { body: { hold, ...guest } }));
    assert.equal(won.length, 1);
    assert.equal((await statuses()).length, 1);
  });

  it('AV-17 200 times the same key: 200 times the same booking, one allocation', async () => {
    const { start, statuses } = await freeSlot();
    const replies = await Promise.all(
      Array.from({ length: parallel }, () =>
        world.salon.call('booking/v1/actions/book', {
          body: { service, start, ...guest },
          headers: { 'idempotency-key': 'the-same' },
        }),
      ),
    );
    const bodies = await Promise.all(replies.map(reply => reply.text()));
    assert.deepEqual([...new Set(replies.map(reply => reply.status))], [200]);
    assert.equal(new Set(bodies).size, 1);
    assert.ok(replies.some(reply => reply.headers.get('idempotent-replayed') === 'true'));
    assert.equal((await statuses()).length, 1);
  });
});
