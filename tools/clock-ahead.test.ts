import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { it } from 'node:test';
import { clockAt, clockOf } from './clock-ahead.ts';

it('has a process at another time, and those that it starts', () => {
  const env = { ...process.env, ...clockAt('2031-03-30T00:59Z') };
  const said =
    'console.log(JSON.stringify([new Date(), Date.now(), new Date(5), Date.UTC(1970), new Date() instanceof Date, Date()]))';
  const ask = () =>
    execFileSync(process.execPath, ['--eval', said], { env: { PATH: env['PATH'], ...clockOf(env) }, encoding: 'utf8' });
  const [date, now, given, utc, isDate, text] = JSON.parse(ask()) as [string, number, string, number, boolean, string];
  const wanted = Date.parse('2031-03-30T00:59Z');
  for (const time of [Date.parse(date), now, Date.parse(text) + 1000])
    assert.ok(time >= wanted && time < wanted + 60_000, `${new Date(time).toISOString()}`);
  assert.deepEqual([given, utc, isDate], ['1970-01-01T00:00:00.005Z', 0, true]);
});

it('leaves the time as it is where none is asked for', () => {
  assert.deepEqual(clockOf({ NODE_OPTIONS: '--no-warnings' }), {});
  assert.throws(() => clockAt('tomorrow'), /"tomorrow" is no instant/);
});
