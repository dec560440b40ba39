import { same } from '../../embed-sdk/testing/assert.ts';
import { dateIn } from './format.ts';
import { pageNow, setPageClock } from './page-clock.ts';

describe('the page’s clock', () => {
  it('is the browser’s, or what a test puts in its place, for all who ask', () => {
    const before = Date.now();
    same(pageNow() - before < 1000 && pageNow() >= before, true);
    const restore = setPageClock(() => Date.parse('2026-03-01T23:30:00Z'));
    same(dateIn('UTC'), '2026-03-01');
    same(dateIn('Europe/Prague'), '2026-03-02');
    const inner = setPageClock(() => 0);
    same(pageNow(), 0);
    inner();
    same(dateIn('UTC'), '2026-03-01');
    restore();
    same(pageNow() >= before, true);
  });
});
