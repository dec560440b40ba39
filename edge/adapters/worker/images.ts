/**
 * Pictures in the isolate itself, which has no threads: its memory is the bound, and the platform ends a request that takes too
 * long. The library is compiled when the Worker is deployed, never while it runs.
 */
import photon from '@cf-wasm/photon/photon.wasm';
import type { Images } from '../../../schemas/ports/images.ts';
import { renderImage } from '../../images/render.ts';

const library: object = photon;

/** Bytes, of the 128 MB that an isolate may have. */
const MEMORY = 96_000_000;

export const createIsolateImages = (memory: number = MEMORY): Images => ({
  render: async (bytes, recipe) => renderImage(library, memory, bytes, recipe),
});
