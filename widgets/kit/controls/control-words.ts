/** The controls' own words: English is here, other languages come when an element stands in one. A module's words do not change them. */

import { part } from '../part.ts';
import { createWords, type Words } from '../words.ts';
import type { Fault } from './checks/fault.ts';

export type Strings = Readonly<Record<string, string>>;

/** What the base and every check say; what one control says is in its file. */
export const english: Strings = {
  optional: 'optional',
  'fault.required': 'This is needed.',
  'fault.type': 'Please check this.',
  'fault.tooShort': 'Enter at least {limit} characters.',
  'fault.tooLong': 'Enter at most {limit} characters.',
  'fault.low': 'This must be {limit} or more.',
  'fault.high': 'This must be {limit} or less.',
  'fault.decimals': 'Use at most {limit} decimals.',
  'fault.number': 'Enter a number.',
  'fault.phone': 'Enter a phone number, best with its country code.',
  'fault.choice': 'Choose one from the list.',
  'fault.many': 'At most {limit} can be chosen.',
};

const loaders: Readonly<Record<string, () => Promise<{ readonly words: Strings }>>> = {
  ar: () => part(() => import('./locales/ar.ts')),
  cs: () => part(() => import('./locales/cs.ts')),
  de: () => part(() => import('./locales/de.ts')),
  es: () => part(() => import('./locales/es.ts')),
};

const known = new Map<string, Strings>();
const coming = new Map<string, Promise<void>>();

/** The words of a locale over a control's English ones; `arrived` is called once where they were not here yet. */
export const wordsIn = (locale: string, own: Strings, arrived: () => void): Words => {
  const language = locale.slice(0, 2);
  const load = loaders[language];
  if (load && !known.has(language)) {
    if (!coming.has(language))
      coming.set(
        language,
        load().then(
          ({ words }) => void known.set(language, words),
          // English stays; the next control asks again.
          () => void coming.delete(language),
        ),
      );
    coming.get(language)!.then(arrived);
  }
  return createWords(locale, { ...english, ...own, ...known.get(language) });
};

/** What is wrong, as a sentence. */
export const sentence = (t: Words, { code, limit = '' }: Fault): string => t(`fault.${code}`, { limit });
