/** Turns, cuts and flattens small pictures. */
import type { Pixels } from './codec.ts';

const RGBA = 4;

/** Picks for each pixel of the result where it comes from. */
function mapped(
  { data, width: stride }: Pixels,
  width: number,
  height: number,
  from: (x: number, y: number) => readonly [x: number, y: number],
): Pixels {
  const source = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const result = new DataView(new ArrayBuffer(width * height * RGBA));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX, fromY] = from(x, y);
      result.setUint32((y * width + x) * RGBA, source.getUint32((fromY * stride + fromX) * RGBA));
    }
  }
  return { width, height, data: new Uint8Array(result.buffer) };
}

/** Whether an orientation lays the image on its side. */
export const isSideways = (orientation: number): boolean => orientation >= 5;

/** EXIF 2.32 tag 0x0112: the image as it is meant to be seen. */
export function upright(image: Pixels, orientation: number): Pixels {
  if (orientation === 1) return image;
  const [right, bottom] = [image.width - 1, image.height - 1];
  const [width, height] = isSideways(orientation) ? [image.height, image.width] : [image.width, image.height];
  const places: Readonly<Record<number, (x: number, y: number) => readonly [number, number]>> = {
    2: (x, y) => [right - x, y],
    3: (x, y) => [right - x, bottom - y],
    4: (x, y) => [x, bottom - y],
    5: (x, y) => [y, x],
    6: (x, y) => [y, bottom - x],
    7: (x, y) => [right - y, bottom - x],
    8: (x, y) => [right - y, x],
  };
  return mapped(image, width, height, places[orientation]!);
}

/** The middle of an image. */
export function cropped(image: Pixels, width: number, height: number): Pixels {
  if (width >= image.width && height >= image.height) return image;
  const left = Math.floor((image.width - width) / 2);
  const top = Math.floor((image.height - height) / 2);
  return mapped(image, width, height, (x, y) => [x + left, y + top]);
}

/** On white, for formats without transparency. */
export function flattened({ width, height, data }: Pixels): Pixels {
  const result = new Uint8Array(data);
  for (let at = 0; at < result.length; at += RGBA) {
    const alpha = result[at + 3]!;
    if (alpha === 255) continue;
    for (let i = at; i < at + 3; i++) result[i] = Math.round((result[i]! * alpha + 255 * (255 - alpha)) / 255);
    result[at + 3] = 255;
  }
  return { width, height, data: result };
}
