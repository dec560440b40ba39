import assert from 'node:assert/strict';
import { it } from 'node:test';
import { cronProblem } from './cron.ts';
import { parseManifest, toManifest } from './manifest.ts';
import { defineModule } from './module.ts';

const withJob = (job: { cron: string; per?: 'site' }) =>
  toManifest(
    defineModule({
      id: 'inlay.clockwork',
      version: '1.0.0',
      type: 'app',
      label: 'Clockwork',
      description: '',
      icon: 'x',
      categories: [],
      settings: {},
      entities: {},
      events: {},
      actions: {},
      jobs: { tick: job },
    }),
  );

it('a cron expression is one that comes', () => {
  for (const fine of ['* * * * *', '*/5 8-18 * * 1-5', '0 0 29 2 *', '30 2 1,15 * *', '0 9 * * MON', '0 0 L * *']) {
    assert.equal(cronProblem(fine), undefined, fine);
    assert.ok(parseManifest(withJob({ cron: fine, per: 'site' })));
  }
  for (const bad of [
    '',
    '* * * *',
    '0 * * * * *',
    '61 * * * *',
    '0 24 * * *',
    '0 0 31 2 *',
    '0 0 * 13 *',
    'a b c d e',
    '@daily',
  ]) {
    assert.notEqual(cronProblem(bad), undefined, bad);
    assert.throws(() => parseManifest(withJob({ cron: bad })), bad);
  }
});
