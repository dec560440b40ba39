/** Where a popup goes beside its anchor: on the wished side if it fits, else on the other, and never out of the view. */

export type Side = 'block-end' | 'block-start' | 'inline-end' | 'inline-start';
export type Align = 'start' | 'center' | 'end';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Wish {
  readonly side?: Side;
  readonly align?: Align;
  readonly rtl?: boolean;
}

/** Pixels between anchor and popup, and between popup and the edge of the view. */
const gap = 6;
const margin = 8;

const opposite: Readonly<Record<Side, Side>> = {
  'block-end': 'block-start',
  'block-start': 'block-end',
  'inline-end': 'inline-start',
  'inline-start': 'inline-end',
};

/** All in CSS pixels of the view. A popup that fits on neither side goes where more of it does. */
export const place = (
  anchor: Box,
  popup: Pick<Box, 'width' | 'height'>,
  view: Pick<Box, 'width' | 'height'>,
  { side = 'block-end', align = 'start', rtl = false }: Wish = {},
): { readonly left: number; readonly top: number; readonly side: Side } => {
  const vertical = side.startsWith('block');
  const room: Readonly<Record<Side, number>> = {
    'block-end': view.height - anchor.top - anchor.height,
    'block-start': anchor.top,
    'inline-end': rtl ? anchor.left : view.width - anchor.left - anchor.width,
    'inline-start': rtl ? view.width - anchor.left - anchor.width : anchor.left,
  };
  const needs = (vertical ? popup.height : popup.width) + gap + margin;
  const other = opposite[side];
  const chosen = room[side] < needs && room[other] > room[side] ? other : side;

  const after = (from: number, length: number) => from + length + gap;
  const before = (from: number, length: number) => from - length - gap;
  const along = (from: number, length: number, own: number, reverse: boolean) => {
    const share = align === 'center' ? 0.5 : (align === 'end') !== reverse ? 1 : 0;
    return from + (length - own) * share;
  };
  const within = (at: number, own: number, length: number) => Math.max(margin, Math.min(at, length - own - margin));
  const toRight = (chosen === 'inline-end') !== rtl;
  const left = vertical
    ? along(anchor.left, anchor.width, popup.width, rtl)
    : toRight
      ? after(anchor.left, anchor.width)
      : before(anchor.left, popup.width);
  const top = vertical
    ? chosen === 'block-end'
      ? after(anchor.top, anchor.height)
      : before(anchor.top, popup.height)
    : along(anchor.top, anchor.height, popup.height, false);
  return { left: within(left, popup.width, view.width), top: within(top, popup.height, view.height), side: chosen };
};
