/** What a page takes from a sandboxed frame: every kind of message as it should be, and whatever else a frame may send. */
import { ok, same } from '../../../embed-sdk/testing/assert.ts';
import { parseToHost } from './messages.ts';

const declared = ['inlay:told', 'inlay:step-2'];
const read = (data: unknown) => parseToHost(data, declared);
const call = { type: 'call', id: 1, action: 'send', input: { a: [1, null] }, write: true, proof: 'p' };
const event = { type: 'event', name: 'inlay:told', detail: { id: 'x' } };
const round: Record<string, unknown> = {};
round['round'] = round;

describe('messages of a frame', () => {
  it('are read as they are meant, without what does not belong to them', () => {
    same(read({ type: 'looks', more: 1 }), { type: 'looks' });
    for (const height of [0, 0.5, 420, 20_000])
      same(read({ type: 'height', height, more: 1 }), { type: 'height', height });
    same(read({ ...event, bubbles: false }), event);
    same(read(call), call);
    same(read({ type: 'call', id: 1, action: 'send', write: 'yes', proof: 7 }), {
      type: 'call',
      id: 1,
      action: 'send',
      input: undefined,
      write: false,
      proof: undefined,
    });
    for (const action of ['send/challenge', 'widgets/ask/submit', 'widgets/stall-list/page'])
      ok(read({ ...call, action }), action);
  });

  it('of no kind are none', () => {
    for (const data of [
      undefined,
      null,
      0,
      Number.NaN,
      true,
      '',
      'looks',
      'inlay:hello',
      Symbol.iterator,
      10n,
      [],
      ['looks'],
      {},
      new Map([['type', 'looks']]),
      { type: null },
      { type: ['looks'] },
      { type: { toString: () => 'looks' } },
      { type: 'LOOKS' },
      { type: 'init', attributes: [] },
      { type: 'attribute', name: 'theme', value: 'dark' },
      { type: 'result', id: 1, result: { ok: true } },
      { type: 'constructor' },
      { type: '__proto__' },
    ])
      same(read(data), undefined);
  });

  it('have a height that is one', () => {
    for (const height of [
      undefined,
      null,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -1,
      20_000.5,
      1e308,
      '420',
      '420px;position:fixed',
      [420],
      { valueOf: () => 420 },
      420n,
    ])
      same(read({ type: 'height', height }), undefined);
  });

  it('are events of every widget, and those that the manifest declares', () => {
    for (const name of ['inlay:ready', 'inlay:error', 'inlay:open', 'inlay:close']) {
      ok(read({ type: 'event', name }), name);
      ok(parseToHost({ type: 'event', name }), name);
    }
    for (const name of declared) {
      ok(read({ type: 'event', name }), name);
      same(parseToHost({ type: 'event', name }), undefined);
    }
    for (const name of [
      'inlay:booking-confirmed',
      'inlay:told ',
      'inlay:TOLD',
      'told',
      'click',
      '',
      undefined,
      null,
      0,
      ['inlay:told'],
      { toString: () => 'inlay:told' },
    ])
      same(read({ type: 'event', name }), undefined);
  });

  it('are never what a page says to widgets, whatever is declared', () => {
    for (const name of ['inlay:connect', 'inlay:consent', 'inlay:prefill']) {
      same(read({ type: 'event', name, detail: { analytics: true } }), undefined);
      same(parseToHost({ type: 'event', name, detail: { analytics: true } }, [name, ...declared]), undefined);
    }
  });

  it('carry plain values of a bounded size', () => {
    const fits = 'x'.repeat(65_534);
    same(read({ ...event, detail: fits }), { ...event, detail: fits });
    same(read({ ...call, input: fits }), { ...call, input: fits });
    same(read({ ...call, proof: fits }), { ...call, proof: fits });
    for (const value of [`${fits}x`, { deep: [fits] }, round, 10n, { deep: [10n] }, () => 1]) {
      same(read({ ...event, detail: value }), undefined);
      same(read({ ...call, input: value }), undefined);
    }
    same(read({ ...call, proof: 'x'.repeat(65_537) }), { ...call, proof: undefined });
    // What would be outside of the limit is not handed on.
    const odd = { detail: new Map([['x', fits]]), at: new Date(0), bytes: new Blob([fits]) };
    same(read({ ...event, detail: odd }), {
      ...event,
      detail: { detail: {}, at: '1970-01-01T00:00:00.000Z', bytes: {} },
    });
  });

  it('call what is an action or a widget of the kit’s, by a number', () => {
    for (const id of [undefined, null, '1', 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, {}, 1n])
      same(read({ ...call, id }), undefined);
    for (const action of [
      undefined,
      null,
      7,
      {},
      ['send'],
      '',
      'Send',
      '../send',
      'send/../other',
      'send?x=1',
      'send#x',
      'send/challenge/x',
      'widgets/ask',
      'widgets/ask/submit/x',
      'widgets/../send/submit',
      'widgets/Ask/submit',
      'widgets/ask/delete',
      'send\n',
      'x'.repeat(62),
    ])
      same(read({ ...call, action }), undefined);
  });
});
