/** The spans an allocation occupies, and what must not be near it when buffers may overlap each other. */
import type { Context, WhereOf } from '../../../schemas/module/index.ts';
import type { calendar } from '../module.ts';

const MINUTE = 60_000;
/** The longest buffer that the manifest allows. */
const REACH = 1440 * MINUTE;

/** Instants in epoch milliseconds, buffers in minutes. */
export interface SpanRequest {
  readonly resource: string;
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly after: number;
  readonly bufferMode: 'sum' | 'max';
  readonly limit: number;
}

/** The columns of a span: `clear` always with its buffers, `block` with them in mode 'sum' alone. */
export const spanColumns = ({ resource, start, end, before, after, bufferMode, limit }: SpanRequest) => {
  const clearStart = start - before * MINUTE;
  const clearEnd = end + after * MINUTE;
  const [blockStart, blockEnd] = bufferMode === 'sum' ? [clearStart, clearEnd] : [start, end];
  return { resource, start, end, before, after, limit, clearStart, clearEnd, blockStart, blockEnd };
};

/**
 * In mode 'max' the larger of two facing buffers must stay free, which no constraint can say: the commit is refused with SLOT_TAKEN
 * where a neighbour is too close. With room for several at a time only the bare spans are judged at commit.
 */
export const guardBuffers = (ctx: Context<typeof calendar>, request: SpanRequest, own?: string): void => {
  if (request.bufferMode === 'sum' || request.limit > 1) return;
  const { resource, start, end, clearStart, clearEnd } = spanColumns(request);
  const near: WhereOf<typeof calendar, 'allocation'> = {
    resource: { eq: resource },
    // Bounds the search for the index; what ended earlier cannot reach.
    blockEnd: { gt: start - REACH },
    blockStart: { lt: end + REACH },
    ...(own ? { id: { ne: own } } : {}),
    and: [
      { or: [{ status: { eq: 'firm' } }, { status: { eq: 'held' }, expiresAt: { gt: ctx.now } }] },
      { or: [{ clearStart: { lt: end } }, { start: { lt: clearEnd } }] },
      { or: [{ clearEnd: { gt: start } }, { end: { gt: clearStart } }] },
    ],
  };
  ctx.asSystem().allocation.expectNone(near, 'SLOT_TAKEN');
};
