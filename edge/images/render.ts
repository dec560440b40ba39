/** One image by one recipe: judged by its header, decoded, scaled, turned upright, cut, encoded. */
import type { ImageRecipe } from '../../schemas/module/index.ts';
import { ImageError, type RenderedImage } from '../../schemas/ports/index.ts';
import { createCodec } from './codec.ts';
import { readHeader } from './header.ts';
import { cropped, flattened, isSideways, upright } from './pixels.ts';

/** Bytes of memory for each pixel: decoded, as RGBA, and once more while it is scaled (measured 11 to 14). */
const WORKING_BYTES = 10;

/** Throws `ImageError` for what is no image, and for one that would take more than `memory` bytes, before any of it is decoded. */
export function renderImage(module: object, memory: number, bytes: Uint8Array, recipe: ImageRecipe): RenderedImage {
  const header = readHeader(bytes);
  if (!header) throw new ImageError('unreadable', 'That is no PNG, JPEG, WebP or GIF image.');
  const needed = 2 * bytes.byteLength + header.width * header.height * (header.depth + WORKING_BYTES);
  if (needed > memory) {
    throw new ImageError('large', `An image of ${header.width} by ${header.height} pixels is too large here.`);
  }
  const lies = isSideways(header.orientation);
  const [boxWidth, boxHeight] = lies ? [recipe.height, recipe.width] : [recipe.width, recipe.height];
  try {
    const codec = createCodec(module);
    const scaled = codec.decode(bytes, (width, height) => scaledSize(width, height, boxWidth, boxHeight, recipe.fit));
    const whole = upright(scaled, header.orientation);
    const cut = cropped(whole, Math.min(recipe.width, whole.width), Math.min(recipe.height, whole.height));
    const shown = recipe.format === 'jpeg' ? flattened(cut) : cut;
    return { bytes: codec.encode(shown, recipe.format), mime: `image/${recipe.format}` };
  } catch (cause) {
    throw new ImageError('unreadable', 'The image is damaged.', cause);
  }
}

/** Never larger than the original: `contain` fits the whole image into the box, `cover` fills the box with it. */
function scaledSize(
  width: number,
  height: number,
  boxWidth: number,
  boxHeight: number,
  fit: ImageRecipe['fit'],
): readonly [number, number] {
  const ratios = [boxWidth / width, boxHeight / height] as const;
  const scale = Math.min(1, fit === 'cover' ? Math.max(...ratios) : Math.min(...ratios));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}
