/** The contract that every module keeps. */
import { testModule } from '../../tests/support/module-contract.ts';
import { stockCode } from './edge/index.ts';
import { stock } from './module.ts';

testModule([{ module: stock, code: stockCode }]);
