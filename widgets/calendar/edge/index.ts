/** Calendar's code: what is free is read by `load`, and the other verbs change what is allotted. */
import { implement } from '../../../schemas/module/index.ts';
import { calendar } from '../module.ts';
import { allocate } from './allocate.ts';
import { directory } from './directory.ts';
import { extend } from './extend.ts';
import { firm } from './firm.ts';
import { load } from './load.ts';
import { move } from './move.ts';
import { release } from './release.ts';

export const calendarCode = implement(calendar, {
  actions: { directory, load, allocate, move, firm, extend, release },
});
