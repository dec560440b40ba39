/** Colour arithmetic for sampled hosts: WCAG 2.2 contrast (1.4.3, 1.4.11) and mixing, in sRGB 0 to 1. */
export type Rgba = readonly [number, number, number, number];

/** Ink on white, and paper in the dark. */
export const black: Rgba = [0.088, 0.095, 0.105, 1];
export const white: Rgba = [1, 1, 1, 1];

/** Reads any CSS colour; `probe` is an element of ours whose colour may be set for a moment. */
export const parseColor = (value: string, probe: HTMLElement): Rgba => {
  let numbers = value;
  if (!/^rgba?\(\d/.test(value)) {
    probe.style.color = `color(from ${value} srgb r g b / alpha)`;
    numbers = getComputedStyle(probe).color;
    probe.style.color = '';
  }
  const scale = numbers[0] === 'r' ? 255 : 1;
  const [r = 0, g = 0, b = 0, alpha = 1] = (numbers.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  return [r / scale, g / scale, b / scale, alpha];
};

export const luminance = (color: Rgba): number => {
  const [r, g, b] = color.map(c => (c > 0.04045 ? ((c + 0.055) / 1.055) ** 2.4 : c / 12.92));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};

/** From 1 to 21. */
export const contrast = (a: Rgba, b: Rgba): number => {
  const ratio = (luminance(a) + 0.05) / (luminance(b) + 0.05);
  return Math.max(ratio, 1 / ratio);
};

/** `share` of `b` in `a`. */
export const mix = (a: Rgba, b: Rgba, share: number): Rgba =>
  a.map((value, i) => value + (b[i]! - value) * share) as unknown as Rgba;

/** Distance between the strongest and the weakest channel: 0 is grey. */
export const chroma = ([r, g, b]: Rgba): number => Math.max(r, g, b) - Math.min(r, g, b);

/** Moves a colour away from the paper until their contrast is at least `ratio`. */
export const readable = (color: Rgba, paper: Rgba, ratio: number): Rgba => {
  const away = luminance(paper) > 0.18 ? black : white;
  let fixed = color;
  // A little more than the ratio, for what rounding to bytes takes away.
  for (let share = 0; contrast(fixed, paper) < ratio + 0.05 && share < 1; share += 0.05)
    fixed = mix(color, away, share);
  return fixed;
};

export const toCss = (color: Rgba): string =>
  `rgb(${color
    .slice(0, 3)
    .map(value => Math.round(value * 255))
    .join(' ')})`;
