/** English of what is said of dates and times alone. */
import type { Strings } from './control-words.ts';

export const dateWords: Strings = {
  'fault.date': 'Enter a date that exists.',
  'fault.early': 'Choose {limit} or later.',
  'fault.late': 'Choose {limit} or earlier.',
  'fault.unavailable': 'This cannot be chosen.',
  'fault.time': 'Enter a time like 09:30.',
};
