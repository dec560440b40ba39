import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule, entity, f, implement } from '../../schemas/module/index.ts';
import { createTestEngine } from './testing.ts';

const all = { admin: { read: true, create: true, update: true, delete: true } } as const;

const desk = defineModule({
  id: 'inlay.desk',
  version: '1.0.0',
  type: 'app',
  label: 'Desk',
  description: 'Papers that are searched, and a tray that is guarded.',
  icon: 'file',
  categories: [],
  settings: {},
  entities: {
    paper: entity({ label: 'Paper', fields: { text: f.text().search() }, access: all }),
    tray: entity({ label: 'Tray', fields: { papers: f.int().default(0) }, access: all }),
  },
  events: {},
  actions: {
    file: {
      input: { tray: f.ref('tray'), rev: f.int(), texts: f.list(f.text()) },
      access: ['admin'],
      effect: 'write',
    },
    drop: { input: { paper: f.ref('paper'), tray: f.ref('tray') }, access: ['admin'], effect: 'write' },
  },
});

const deskCode = implement(desk, {
  actions: {
    file: ({ tray, rev, texts }, ctx) => {
      for (const text of texts) ctx.db.paper.create({ text });
      ctx.db.tray.update(tray, { papers: texts.length }, { rev });
      return undefined;
    },
    drop: ({ paper, tray }, ctx) => {
      ctx.db.paper.delete(paper);
      ctx.db.tray.delete(tray);
      return undefined;
    },
  },
});

test('what is searched is written before a guarded record: the guard holds all the same', async t => {
  const engine = createTestEngine({ modules: [{ module: desk, code: deskCode }], now: '2026-01-05T09:00:00Z' });
  t.after(() => engine.close());
  const { admin } = engine.actors;
  const tray = await engine.create(admin, 'desk', 'tray', {});
  const file = (rev: number, ...texts: string[]) => engine.call(admin, 'desk', 'file', { tray: tray.id, rev, texts });
  const kept = async () => [
    (await engine.list(admin, 'desk', 'paper')).length,
    (await engine.get(admin, 'desk', 'tray', tray.id))['rev'],
  ];
  await assert.rejects(file(7, 'one'), { code: 'PRECONDITION_FAILED' });
  await assert.rejects(file(7, 'one', 'two'), { code: 'PRECONDITION_FAILED' });
  assert.deepEqual(await kept(), [0, 1]);
  const outcomes = await Promise.allSettled([file(1, 'one'), file(1, 'two'), file(1, 'three')]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
  assert.deepEqual(await kept(), [1, 2]);
  const [paper] = await engine.list<{ id: string }>(admin, 'desk', 'paper');
  await assert.rejects(engine.call(admin, 'desk', 'drop', { paper: paper!.id, tray: 'none' }), { code: 'NOT_FOUND' });
  assert.deepEqual(await kept(), [1, 2]);
});
