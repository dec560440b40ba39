import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTestEngine } from '../../../edge/engine/testing.ts';
import { calendar } from '../module.ts';
import { calendarCode } from './index.ts';
import type { LoadedResource } from './load.ts';

const MINUTE = 60_000;
const at = (time: string): string => `2026-04-10T${time}:00Z`;

const open = async (t: TestContext, capacity = 1) => {
  const modules = [{ module: calendar, code: calendarCode }];
  const engine = createTestEngine({ modules, now: '2026-04-01T08:00:00Z' });
  t.after(() => engine.close());
  const { admin } = engine.actors;
  const windows = [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }];
  const schedule = await engine.create(admin, 'calendar', 'schedule', { name: 'Week', zone: 'Europe/Prague', windows });
  const make = (name: string) =>
    engine.create(admin, 'calendar', 'resource', { name, schedule: schedule.id, capacity, active: name !== 'Away' });
  const [rosa, max, away] = [await make('Rosa'), await make('Max'), await make('Away')];
  const ask = <T>(action: string, input: object) =>
    engine.call<T>({ ...admin, kind: 'module', role: null }, 'calendar', action, input);
  const allocate = async (start: string, end: string, more: object = {}) => {
    const source = { sourceType: 'test.thing', sourceId: '1' };
    const span = { resource: rosa.id, start: at(start), end: at(end), limit: capacity };
    return (await ask<{ allocation: string }>('allocate', { ...span, ...source, ...more })).allocation;
  };
  const load = async () =>
    (await ask<{ resources: LoadedResource[] }>('load', { from: at('00:00'), to: at('23:00') })).resources;
  return { engine, admin, ask, allocate, load, rosa: rosa.id, max: max.id, away: away.id };
};

const held = { expiresAt: '2026-04-01T08:10:00Z' };
const taken = { code: 'SLOT_TAKEN', status: 409 };

test('load gives active resources with their hours and what is allotted, with its buffers', async t => {
  const { allocate, load, rosa, ask } = await open(t);
  const id = await allocate('08:00', '09:00', { before: 5, after: 10 });
  const [max, first, ...others] = await load();
  assert.deepEqual([max!.name, first!.name, others.length], ['Max', 'Rosa', 0]);
  const [start, end] = [Date.parse(at('08:00')), Date.parse(at('09:00'))];
  assert.deepEqual(first!.busy, [{ id, start, end, before: 5 * MINUTE, after: 10 * MINUTE, quantity: 1 }]);
  assert.ok(
    first!.working.some(item => item.start === Date.parse(at('07:00')) && item.end === Date.parse(at('15:00'))),
  );
  const { resources } = await ask<{ resources: LoadedResource[] }>('load', {
    from: at('00:00'),
    to: at('23:00'),
    except: id,
  });
  assert.deepEqual(resources.find(item => item.id === rosa)?.busy, []);
});

test('load gives what can be in the way of an appointment that begins within the span, and nothing farther off', async t => {
  const { allocate, load, rosa } = await open(t);
  const on = (day: string, start: string, end: string) => ({
    start: `2026-04-${day}T${start}:00Z`,
    end: `2026-04-${day}T${end}:00Z`,
  });
  const put = (more: object) => allocate('00:00', '00:01', more);
  await put(on('08', '20:00', '21:00'));
  const buffered = await put({ ...on('08', '22:00', '23:00'), after: 90, bufferMode: 'max' });
  const evening = await put(on('09', '22:00', '23:00'));
  const nextDay = await put(on('11', '08:00', '09:00'));
  await put(on('13', '08:00', '09:00'));
  const busy = (await load()).find(({ id }) => id === rosa)!.busy.map(({ id }) => id);
  assert.deepEqual(busy.toSorted(), [buffered, evening, nextDay].toSorted());
});

test('the directory knows those who left', async t => {
  const { ask, away } = await open(t);
  const { resources } = await ask<{ resources: { id: string; active: boolean }[] }>('directory', {});
  assert.equal(resources.find(({ id }) => id === away)?.active, false);
});

test('allocate refuses what overlaps, buffers included, and takes what touches', async t => {
  const { allocate, max } = await open(t);
  await allocate('08:00', '09:00', { after: 15 });
  await assert.rejects(allocate('08:30', '09:30'), taken);
  await assert.rejects(allocate('09:00', '10:00'), taken);
  await assert.rejects(allocate('09:20', '10:00', { before: 10 }), taken);
  await allocate('09:15', '10:00');
  await allocate('08:30', '09:30', { resource: max });
  await assert.rejects(allocate('12:00', '11:00'), { code: 'INVALID_WINDOW' });
});

test('AV-14 with max the larger facing buffer counts, the neighbour’s as well as its own', async t => {
  const { allocate } = await open(t);
  const mode = { bufferMode: 'max' };
  await allocate('10:00', '11:00', { ...mode, before: 30, after: 30 });
  await assert.rejects(allocate('11:20', '12:00', { ...mode, before: 10 }), taken);
  await assert.rejects(allocate('11:30', '12:00', { ...mode, before: 45 }), taken);
  await allocate('11:30', '12:00', { ...mode, before: 30 });
  await assert.rejects(allocate('09:00', '09:40', { ...mode }), taken);
  await allocate('09:00', '09:30', { ...mode, after: 20 });
});

test('AV-09 the peak counts where there is room for several', async t => {
  const { allocate } = await open(t, 2);
  await allocate('09:00', '10:00');
  await allocate('10:00', '11:00');
  const across = await allocate('09:00', '11:00');
  assert.ok(across);
  await assert.rejects(allocate('09:30', '10:30'), taken);
  await assert.rejects(allocate('12:00', '13:00', { quantity: 3 }), taken);
});

test('a held allocation gives way when it runs out; firm is tried all the same', async t => {
  const { engine, ask, allocate } = await open(t);
  const first = await allocate('08:00', '09:00', held);
  await assert.rejects(allocate('08:00', '09:00', held), taken);
  engine.now += 10 * MINUTE;
  await ask('firm', { allocation: first });
  await assert.rejects(allocate('08:00', '09:00'), taken);
  const second = await allocate('10:00', '11:00', { expiresAt: '2026-04-01T08:20:00Z' });
  engine.now += 10 * MINUTE;
  await allocate('10:30', '11:30');
  await assert.rejects(ask('firm', { allocation: second }), taken);
  await assert.rejects(ask('extend', { allocation: second, expiresAt: '2026-04-01T09:00:00Z' }), taken);
});

test('release frees, move does not meet itself, extend holds longer', async t => {
  const { engine, ask, allocate, rosa, max } = await open(t);
  const first = await allocate('08:00', '09:00', held);
  await ask('extend', { allocation: first, expiresAt: '2026-04-01T08:30:00Z' });
  engine.now += 20 * MINUTE;
  await assert.rejects(allocate('08:00', '09:00'), taken);
  await ask('move', { allocation: first, resource: rosa, start: at('08:30'), end: at('09:30') });
  const second = await allocate('10:00', '11:00', { resource: max });
  await allocate('08:00', '08:30');
  const clash = { allocation: second, resource: rosa, start: at('09:00'), end: at('10:00') };
  await assert.rejects(ask('move', clash), taken);
  await ask('release', { allocation: first });
  await ask('move', clash);
  await assert.rejects(ask('release', { allocation: 'none' }), { code: 'NOT_FOUND' });
});
