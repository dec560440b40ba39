/** What a thread of `createThreadImages` runs: one image, one answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { ImageError } from '../../../schemas/ports/images.ts';
import { renderImage } from '../../images/render.ts';
import type { ThreadReply, ThreadTask } from './images.ts';

const { module, memory, bytes, recipe } = workerData as ThreadTask;

function answer(): ThreadReply {
  try {
    return { image: renderImage(module, memory, bytes, recipe) };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { refusal: { kind: error.kind, message: error.message } };
  }
}

parentPort!.postMessage(answer());
