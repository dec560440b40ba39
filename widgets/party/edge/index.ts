/** Party's code. */
import { implement } from '../../../schemas/module/index.ts';
import { party } from '../module.ts';
import { identify } from './identify.ts';

export const partyCode = implement(party, { actions: { identify } });
