import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lockfileProblems, missingEntries } from './lockfile.ts';

it('finds optional packages that the lockfile leaves out', () => {
  const packages = {
    '': {},
    'node_modules/a': {
      dev: true,
      optionalDependencies: { '@a/linux-x64-musl': '1.0.0', '@a/linux-x64-gnu': '1.0.0', '@a/windows-64': '1.0.0' },
    },
    'node_modules/@a/linux-x64-gnu': { version: '1.0.0' },
    'node_modules/b/node_modules/c': { optionalDependencies: { 'c-darwin-arm64': '2.0.0' } },
    'node_modules/b/node_modules/c-darwin-arm64': { version: '2.0.0' },
  };
  assert.deepEqual(missingEntries({ packages }), {
    'node_modules/@a/linux-x64-musl': {
      version: '1.0.0',
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
      dev: true,
      optional: true,
    },
    'node_modules/@a/windows-64': { version: '1.0.0', os: ['win32'], cpu: ['x64'], dev: true, optional: true },
  });
  assert.equal(lockfileProblems({ packages }).length, 2);
  assert.equal(lockfileProblems({ packages: { 'node_modules/a': { resolved: 'https://registry.test/a' } } }).length, 1);
});
