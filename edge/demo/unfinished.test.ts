import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { beginDemo, finishDemo } from './unfinished.ts';

function folder(t: TestContext): { path: string; has(name: string): boolean; make(name: string): void } {
  const path = mkdtempSync(join(tmpdir(), 'inlay-demo-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    has: name => existsSync(join(path, name)),
    make: name => {
      mkdirSync(join(path, name, '..'), { recursive: true });
      writeFileSync(join(path, name), '{}');
    },
  };
}

test('what a first start left half done is made anew', t => {
  const { path, has, make } = folder(t);
  beginDemo(path);
  make('stores/control.db');
  beginDemo(path);
  assert.ok(!has('stores'));
  make('stores/control.db');
  make('demo.json');
  finishDemo(path);
  beginDemo(path);
  assert.ok(has('stores/control.db') && !has('demo.unfinished'));
});

test('a start that was cut right after the demo was complete keeps it', t => {
  const { path, has, make } = folder(t);
  beginDemo(path);
  make('stores/control.db');
  make('demo.json');
  beginDemo(path);
  assert.ok(has('stores/control.db') && !has('demo.unfinished'));
});

test('data that no demo made is never touched', t => {
  const { path, has, make } = folder(t);
  make('stores/control.db');
  beginDemo(path);
  beginDemo(path);
  assert.ok(has('stores/control.db') && !has('demo.unfinished'));
});
