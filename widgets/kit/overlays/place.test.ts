/** Popups stay in the view, beside their anchor, on the wished side where that fits. */
import { ok, same } from '../../../embed-sdk/testing/assert.ts';
import { place, type Side } from './place.ts';

const view = { width: 400, height: 300 };
const popup = { width: 120, height: 80 };

describe('the place of a popup', () => {
  it('is under the anchor, or above where there is no room', () => {
    same(place({ left: 50, top: 40, width: 60, height: 20 }, popup, view), { left: 50, top: 66, side: 'block-end' });
    same(place({ left: 50, top: 250, width: 60, height: 20 }, popup, view), {
      left: 50,
      top: 164,
      side: 'block-start',
    });
  });

  it('begins where the text does', () => {
    const anchor = { left: 200, top: 40, width: 60, height: 20 };
    same(place(anchor, popup, view, { rtl: true }), { left: 140, top: 66, side: 'block-end' });
    same(place(anchor, popup, view, { align: 'end' }), { left: 140, top: 66, side: 'block-end' });
    same(place(anchor, popup, view, { align: 'center' }), { left: 170, top: 66, side: 'block-end' });
    same(place(anchor, popup, view, { side: 'inline-end', rtl: true }).left, 74);
  });

  it('is in the view and does not cover its anchor, wherever that is', () => {
    for (let left = 0; left <= 360; left += 20)
      for (let top = 0; top <= 280; top += 20)
        for (const side of ['block-end', 'block-start', 'inline-end', 'inline-start'] as Side[])
          for (const rtl of [true, false]) {
            const anchor = { left, top, width: 40, height: 20 };
            const at = place(anchor, popup, view, { side, rtl });
            const where = JSON.stringify({ left, top, side, rtl, at });
            ok(at.left >= 8 && at.top >= 8 && at.left + 120 <= 392 && at.top + 80 <= 292, where);
            if (at.side.startsWith('block')) ok(at.top + 80 <= top || at.top >= top + 20, where);
          }
  });
});
