/** `npm run ids`, as somebody types it, in a checkout of its own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openWorkshop, type Workshop } from '../tests/support/workshop.ts';
import { root } from './root.ts';

interface Scratch extends Workshop {
  readonly ids: string;
  /** Writes the module, whose one entity has these fields of text. */
  declare(fields: readonly string[], withIds?: boolean): void;
  npm(script: string, ...args: string[]): { status: number | null; out: string; wrong: string };
}

function openScratch(t: TestContext): Scratch {
  const workshop = openWorkshop();
  t.after(() => workshop.remove());
  const { folder } = workshop;
  cpSync(join(root, 'tools'), join(folder, 'tools'), { recursive: true });
  return {
    ...workshop,
    ids: join(folder, 'widgets/scratch/ids.ts'),
    declare(fields, withIds = false) {
      const lines = [
        "import { defineModule, entity, f } from '../../schemas/module/index.ts';",
        ...(withIds ? ["import { ids } from './ids.ts';"] : []),
        'export const scratch = defineModule({',
        `  id: 'inlay.scratch', version: '1.0.0', type: 'app', label: 'Scratch', description: 'Notes', icon: 'note',`,
        `  categories: ['office'], settings: {}, events: {}, actions: {},${withIds ? ' ids,' : ''}`,
        `  entities: { note: entity({ label: 'Note', fields: { ${fields.map(name => `${name}: f.text()`)} }, access: {} }) },`,
        '});',
      ];
      workshop.put({ 'scratch/module.ts': `${lines.join('\n')}\n`, 'scratch/README.md': '# Scratch\n' });
    },
    npm(script, ...args) {
      const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', script, '--', ...args], {
        cwd: folder,
        env: { ...process.env, NODE_TEST_CONTEXT: undefined },
        encoding: 'utf8',
      });
      return { status, out: stdout.trim(), wrong: stderr.trim() };
    },
  };
}

/** Name -> id and column, as the file has them. */
const rowsOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/^ {2}'?([\w.]+)'?: \{ id: '(\w+)', at: '(\w+)' \},$/gm)].map(([, name, id, at]) => [
      name!,
      { id: id!, at: at! },
    ]),
  );

test('it gives ids once, keeps them, and moves one to another name only where it is told to', t => {
  const { npm, declare, ids } = openScratch(t);
  const read = () => readFileSync(ids, 'utf8');
  declare(['name', 'text']);
  assert.deepEqual(npm('ids', 'scratch'), { status: 0, out: 'widgets/scratch/ids.ts', wrong: '' });
  const first = rowsOf(read());
  assert.deepEqual(Object.keys(first), ['note', 'note.name', 'note.text']);
  assert.deepEqual([first['note']!.at, first['note.name']!.at], ['scratch_note', 'name']);
  assert.match(first['note']!.id, /^e_[0-9a-v]{10}$/);
  assert.equal(new Set(Object.values(first).map(({ id }) => id)).size, 3);

  const before = read();
  assert.deepEqual(npm('ids', 'scratch'), { status: 0, out: '', wrong: '' });
  assert.equal(read(), before, 'what has an id never gets another');

  declare(['name', 'text'], true);
  const recorded = npm('lint:manifests', '--record', 'scratch');
  assert.equal(recorded.status, 0, recorded.out + recorded.wrong);
  declare(['title', 'text'], true);
  const unsure = npm('ids', 'scratch');
  assert.equal(unsure.status, 1);
  assert.match(unsure.wrong, /scratch: this looks renamed; say so with old=new, or that it is new with --new/);
  assert.equal(read(), before, 'nothing is written while it is not sure');

  assert.deepEqual(npm('ids', 'scratch', 'note.name=note.title').out, 'widgets/scratch/ids.ts');
  const { 'note.title': moved, 'note.name': left, ...rest } = rowsOf(read());
  assert.deepEqual([moved, left, rest['note.text']], [first['note.name'], undefined, first['note.text']]);

  declare(['title', 'text', 'place'], true);
  assert.equal(npm('ids', 'scratch', '--new').status, 0);
  assert.deepEqual(rowsOf(read())['note.title'], moved);
  assert.ok(rowsOf(read())['note.place'], 'a field that came later gets an id of its own');
});

test('it says what is wrong, and writes nothing', t => {
  const { npm, declare, ids } = openScratch(t);
  declare(['name']);
  for (const [args, why] of [
    [['no-such'], /There is no module "no-such"/],
    [['note.name=note.title'], /Usage: node tools\/stable-ids\.ts/],
    [['scratch', 'note.nope=note.title'], /"note\.nope" has no id/],
  ] as const) {
    const { status, wrong } = npm('ids', ...args);
    assert.equal(status, 1, args.join(' '));
    assert.match(wrong, why);
  }
  assert.equal(existsSync(ids), false);
});
