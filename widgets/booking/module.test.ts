/** The contract that every module keeps. */
import { testModule } from '../../tests/support/module-contract.ts';
import { bookingModules } from './edge/testing.ts';

testModule(bookingModules());
