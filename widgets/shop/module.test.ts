/** The contract that every module keeps. */
import { testModule } from '../../tests/support/module-contract.ts';
import { shopModules } from './edge/testing.ts';

testModule(shopModules());
