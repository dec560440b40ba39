/** Law 1: who may import whom. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isTest, repository, roomOf, type SourceFile, sourceOf } from './source.ts';

const OURS = new Set(['schemas', 'edge', 'embed-sdk', 'widgets', 'dashboard', 'tools', 'tests', 'bench', 'registry']);
const COMPOSITION_ROOTS = new Set(['edge/node.ts', 'edge/start.ts', 'edge/worker.ts', 'dashboard/main.ts']);
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  schemas: [],
  edge: ['schemas'],
  'embed-sdk': ['schemas'],
  'widgets/kit': ['embed-sdk', 'schemas'],
  dashboard: ['schemas', 'widgets/kit'],
};
const MODULE: readonly string[] = ['widgets/kit', 'embed-sdk', 'schemas'];

function forbidden(files: readonly SourceFile[]): string[] {
  const found: string[] = [];
  for (const file of files) {
    const room = roomOf(file.path);
    if (isTest(file) || ['tools', 'tests', 'bench', 'registry'].includes(room) || !room) continue;
    const allowed = ALLOWED[room] ?? (room.startsWith('widgets/') ? MODULE : []);
    for (const { target, specifier, kind } of file.imports) {
      if (!specifier.startsWith('.')) continue;
      const other = roomOf(target);
      if (other === room || allowed.includes(other) || !OURS.has(other.split('/')[0]!)) continue;
      if (other === 'registry' && COMPOSITION_ROOTS.has(file.path)) continue;
      // The shape of a server's answer may be known to the browser; its code may not (law 4).
      if (kind === 'type' && other === 'edge' && (room === 'dashboard' || room === 'embed-sdk')) continue;
      found.push(`${file.path} imports ${target}: ${room} may import ${['itself', ...allowed].join(', ')} alone.`);
    }
  }
  return found;
}

/** Rooms of the engine that run on both hosts keep to what both have. */
function hostBound(files: readonly SourceFile[]): string[] {
  const portable = new Set(['node:crypto', 'node:async_hooks', 'node:buffer']);
  const free = /^edge\/(?:node\.ts|start\.ts|adapters\/node\/|demo\/)/;
  return files
    .filter(file => /^(?:schemas|edge|widgets)\//.test(file.path) && !isTest(file) && !free.test(file.path))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier }) => specifier.startsWith('node:') && !portable.has(specifier))
        .map(({ specifier }) => `${path} imports ${specifier}: put it behind a port in schemas/ports.`),
    );
}

it('imports keep to their rooms', () => {
  const files = repository();
  const edges = files.reduce((sum, file) => sum + file.imports.length, 0);
  assert.ok(files.length > 50 && edges > 100, `only ${files.length} files and ${edges} imports were seen`);
  for (const room of ['schemas', 'edge']) assert.ok(files.some(file => roomOf(file.path) === room));
  assert.deepEqual(forbidden(files), []);
});

it('what runs on both hosts imports nothing of one host', () => {
  assert.deepEqual(hostBound(repository()), []);
});

it('the law sees what breaks it', () => {
  const bad = [
    sourceOf('schemas/a.ts', "import { b } from '../edge/b.ts';"),
    sourceOf('edge/a.ts', "import {\n  b,\n} from '../widgets/booking/module.ts';"),
    sourceOf('edge/engine/a.ts', "const m = await import('../registry.generated.ts');"),
    sourceOf('widgets/booking/a.ts', "export * from '../calendar/module.ts';"),
    sourceOf('widgets/booking/edge/b.ts', "import type { X } from '../../../edge/engine/x.ts';"),
    sourceOf('widgets/kit/a.ts', "import '../booking/module.ts';"),
    sourceOf('embed-sdk/a.ts', "import { x } from '../widgets/kit/x.ts';"),
    sourceOf('dashboard/a.ts', "import { x } from '../embed-sdk/x.ts';"),
  ];
  for (const file of bad) assert.equal(forbidden([file]).length, 1, file.path);
  const good = [
    sourceOf('edge/node.ts', "import { modules } from './registry.generated.ts';"),
    sourceOf('schemas/a.ts', "// import { b } from '../edge/b.ts';\nimport { z } from 'zod';"),
    sourceOf('widgets/booking/a.ts', "import { x } from '../kit/x.ts';"),
  ];
  assert.deepEqual(forbidden(good), []);
  assert.equal(hostBound([sourceOf('edge/a.ts', "import fs from 'node:fs';")]).length, 1);
  assert.equal(hostBound([sourceOf('edge/adapters/node/a.ts', "import fs from 'node:fs';")]).length, 0);
});
