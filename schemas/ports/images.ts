/** Makes a smaller picture of a picture, apart from whatever else the host does: a bad one ends its own rendering alone. */
import type { ImageRecipe } from '../module/index.ts';

export interface RenderedImage {
  readonly bytes: Uint8Array;
  /** Media type of `bytes`. */
  readonly mime: string;
}

export interface Images {
  /** Reads PNG, JPEG, WebP and GIF; of a moving one the first frame. Nothing but pixels is in the result. Throws `ImageError`. */
  render(bytes: Uint8Array, recipe: ImageRecipe): Promise<RenderedImage>;
}

/**
 * `unreadable`: no image, a damaged one or a kind that is not read. `large`: more pixels or bytes than this host takes up, or more
 * work than its time allows. `busy`: too many wait already; the same image may do later.
 */
export type ImageErrorKind = 'unreadable' | 'large' | 'busy';

export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly kind: ImageErrorKind;

  constructor(kind: ImageErrorKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
