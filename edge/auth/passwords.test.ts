/** Passwords: pinned parameters, no oracle. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashPassword, SCRYPT, verifyPassword } from './passwords.ts';

describe('passwords', () => {
  it('are hashed with scrypt N=2^14, r=8, p=5 (weakening this is a decision, not an edit)', async () => {
    assert.deepEqual(SCRYPT, { ln: 14, r: 8, p: 5 });
    assert.match(await hashPassword('correct horse'), /^\$scrypt\$ln=14,r=8,p=5\$[\w-]{22}\$[\w-]{43}$/);
  });

  it('match themselves alone, and a hash never repeats', async () => {
    const [first, second] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
    assert.notEqual(first, second);
    assert.equal(await verifyPassword('correct horse', first), true);
    assert.equal(await verifyPassword('correct horsE', first), false);
    assert.equal(await verifyPassword('correct horse', 'plain'), false);
    assert.equal(await verifyPassword('', undefined), false);
  });

  it('verify with the parameters stored beside the hash', async () => {
    const stored = await hashPassword('correct horse');
    assert.equal(await verifyPassword('correct horse', stored.replace('p=5', 'p=4')), false);
  });

  it('take the same time for an unknown user as for a wrong password', async () => {
    const stored = await hashPassword('correct horse');
    const time = async (hash: string | undefined): Promise<number> => {
      const runs: number[] = [];
      for (let run = 0; run < 7; run++) {
        const start = performance.now();
        await verifyPassword('wrong', hash);
        runs.push(performance.now() - start);
      }
      return runs.sort((a, b) => a - b)[3] ?? 0;
    };
    const [wrong, unknown] = [await time(stored), await time(undefined)];
    const ratio = unknown / wrong;
    assert.ok(ratio > 0.5 && ratio < 2, `unknown ${unknown} ms, wrong ${wrong} ms`);
  });
});
