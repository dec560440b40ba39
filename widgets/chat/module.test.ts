/** The contract that every module keeps. */
import { testModule } from '../../tests/support/module-contract.ts';
import { chatCode } from './edge/index.ts';
import { chat } from './module.ts';

testModule([{ module: chat, code: chatCode }]);
