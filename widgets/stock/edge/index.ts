/** Stock's code. */
import { implement } from '../../../schemas/module/index.ts';
import { stock } from '../module.ts';
import { levels } from './levels.ts';
import { open } from './open.ts';
import { put } from './put.ts';
import { release } from './release.ts';
import { reserve } from './reserve.ts';
import { take } from './take.ts';

export const stockCode = implement(stock, { actions: { levels, open, reserve, release, take, put } });
