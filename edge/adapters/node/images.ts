/** Pictures in a thread of their own, one after another: it may be ended at any time, and takes all its memory with it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ImageRecipe } from '../../../schemas/module/index.ts';
import { ImageError, type ImageErrorKind, type Images, type RenderedImage } from '../../../schemas/ports/images.ts';

export interface ThreadImagesOptions {
  /** Bytes that one image may take while it is worked on. */
  readonly memory?: number;
  /** Milliseconds after which the thread is ended. */
  readonly deadline?: number;
  /** Images that may wait for the one before. */
  readonly waiting?: number;
}

/** What the thread is given. */
export interface ThreadTask {
  readonly module: object;
  readonly memory: number;
  readonly bytes: Uint8Array;
  readonly recipe: ImageRecipe;
}

/** What it answers. */
export type ThreadReply =
  | { readonly image: RenderedImage }
  | { readonly refusal: { readonly kind: ImageErrorKind; readonly message: string } };

declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

export function createThreadImages({
  memory = 600_000_000,
  deadline = 20_000,
  waiting = 32,
}: ThreadImagesOptions = {}): Images {
  let module: Promise<object> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let queued = 0;

  return {
    async render(bytes, recipe) {
      if (queued >= waiting) throw new ImageError('busy', 'Too many images wait already.');
      module ??= imageLibrary();
      queued += 1;
      // The thread takes its bytes away from here, so it is given bytes of its own.
      const task = async () =>
        inThread({ module: await module!, memory, bytes: new Uint8Array(bytes), recipe }, deadline);
      const run = queue.then(task);
      queue = run.catch(() => {});
      try {
        return await run;
      } finally {
        queued -= 1;
      }
    },
  };
}

/** The image library, compiled. */
export const imageLibrary = async (): Promise<object> =>
  WebAssembly.compile(await readFile(fileURLToPath(import.meta.resolve('@cf-wasm/photon/photon.wasm'))));

function inThread(task: ThreadTask, deadline: number): Promise<RenderedImage> {
  const thread = new Worker(new URL('./image-thread.ts', import.meta.url), {
    workerData: task,
    transferList: [task.bytes.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  return new Promise<RenderedImage>((resolve, reject) => {
    const timer = setTimeout(() => reject(new ImageError('large', 'The image takes too long.')), deadline);
    thread.once('message', (reply: ThreadReply) => {
      if ('image' in reply) resolve(reply.image);
      else reject(new ImageError(reply.refusal.kind, reply.refusal.message));
    });
    thread.once('error', cause => reject(new ImageError('unreadable', 'The image is damaged.', cause)));
    thread.once('exit', code => {
      clearTimeout(timer);
      reject(new ImageError('unreadable', `The thread ended with ${code} before it had an image.`));
    });
  }).finally(() => thread.terminate());
}
