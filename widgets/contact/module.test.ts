/** The contract that every module keeps. */
import { testModule } from '../../tests/support/module-contract.ts';
import { contactCode } from './edge/index.ts';
import { contact } from './module.ts';

testModule([{ module: contact, code: contactCode }]);
