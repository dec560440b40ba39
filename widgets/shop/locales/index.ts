/** The languages of the shop module. */

import { cs } from './element.cs.ts';
import { de } from './element.de.ts';
import { es } from './element.es.ts';
import { en } from './element.ts';

/** By language, then by place: `element` is what the widgets say. */
export const locales: Record<'en' | 'de' | 'es' | 'cs', { element: Record<string, string> }> = {
  en: { element: en },
  de: { element: de },
  es: { element: es },
  cs: { element: cs },
};
