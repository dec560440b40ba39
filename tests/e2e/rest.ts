/** Waits until nothing moves in a page or a frame, before its colours or boxes are judged. */
import type { Frame, Page } from 'playwright-core';
import { atRest } from '../../embed-sdk/testing/at-rest.ts';

export const rest = (place: Page | Frame): Promise<void> => place.evaluate(atRest, undefined);
