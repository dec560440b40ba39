/** What the page of elements gives controls that take more than attributes: a place for files that keeps none of them. */
import type { FileControl } from './file-control.ts';
import type { Uploader } from './upload.ts';

const STEPS = 8;

/** Goes as a slow connection does, and sends nothing. */
const nowhere: Uploader = file => async options => {
  for (let step = 1; step <= STEPS; step++) {
    await new Promise(resume => setTimeout(resume, 150));
    if (options.signal.aborted) return { ok: false, error: { code: 'ABORTED', message: 'It was taken back.' } };
    options.progress((file.size * step) / STEPS, file.size);
  }
  return { ok: true, value: `example-${file.name}` };
};

export const examples: Readonly<Record<string, (element: Element) => void>> = {
  'inlaykit-file': element => {
    (element as FileControl).uploader = nowhere;
  },
};
