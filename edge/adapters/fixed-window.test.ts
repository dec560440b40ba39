import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FixedWindows } from './fixed-window.ts';

describe('FixedWindows', () => {
  it('allows up to the limit and starts anew in the next window', () => {
    const windows = new FixedWindows();
    assert.deepEqual(windows.take('a', 2, 10, 1, 1000), { allowed: true, limit: 2, remaining: 1, resetSeconds: 9 });
    assert.equal(windows.take('a', 2, 10, 1, 2000).allowed, true);
    assert.deepEqual(windows.take('a', 2, 10, 1, 9999), { allowed: false, limit: 2, remaining: 0, resetSeconds: 1 });
    assert.equal(windows.take('a', 2, 10, 1, 10_000).allowed, true);
  });

  it('keeps keys apart, and takes a cost whole or not at all', () => {
    const windows = new FixedWindows();
    assert.equal(windows.take('a', 5, 10, 4, 0).remaining, 1);
    assert.equal(windows.take('a', 5, 10, 2, 0).allowed, false);
    assert.equal(windows.take('a', 5, 10, 1, 0).allowed, true);
    assert.equal(windows.take('b', 5, 10, 5, 0).allowed, true);
  });

  it('stays within its bound under a flood of keys', () => {
    const windows = new FixedWindows(100);
    for (let n = 0; n < 10_000; n++) windows.take(`key-${n}`, 1, 60, 1, 0);
    assert.ok(windows.size <= 100);
    assert.equal(windows.take('key-9999', 1, 60, 1, 0).allowed, false);
  });
});
