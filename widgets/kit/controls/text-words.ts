/** English of what is said of text alone. */
import type { Strings } from './control-words.ts';

export const textWords: Strings = {
  'fault.email': 'Enter an e-mail address like name@example.com.',
  'fault.url': 'Enter a web address that starts with https://',
  'fault.slug': 'Use lower-case letters, digits and single dashes.',
  'fault.colour': 'Enter a colour like #1a7f8e.',
  'fault.character': 'This holds a character that text cannot have.',
};
