/** The contract that every module keeps. */
import { testModule } from '../../tests/support/module-contract.ts';
import { calendarCode } from './edge/index.ts';
import { calendar } from './module.ts';

testModule([{ module: calendar, code: calendarCode }]);
