/** The contract that every module keeps. */
import { testModule } from '../../tests/support/module-contract.ts';
import { partyCode } from './edge/index.ts';
import { party } from './module.ts';

testModule([{ module: party, code: partyCode }]);
