/** What the tags of the house look like from outside, read from the manifests and the documentation of their elements. */

import { type ElementDeclaration, elementsOf, readClasses } from '../elements/read-elements.ts';
import { houseModule, houseModules } from '../house-modules.ts';

export interface TagDoc {
  readonly tag: string;
  readonly label: string;
  readonly surfaces: readonly string[];
  /** Pixels. */
  readonly height: number;
  readonly attributes: readonly Documented[];
  readonly events: readonly Documented[];
}

export interface Documented {
  readonly name: string;
  /** TypeScript. */
  readonly type: string;
  readonly description: string;
}

/** Every widget of the house in the order of the folders. Throws for an event without a type: nobody could use its detail. */
export async function tagDocs(): Promise<TagDoc[]> {
  const declared = elementsOf({ modules: readClasses() });
  const common = declared.find(({ name }) => name === 'InlayElement')!;
  const modules = await Promise.all(houseModules.map(houseModule));
  return modules
    .flatMap(({ widgets }) => Object.values(widgets ?? {}))
    .map(({ tag, label, surfaces, height }) => {
      const element = declared.find(({ tagName }) => tagName === tag) ?? common;
      return { tag, label, surfaces, height, attributes: attributesOf(element), events: eventsOf(element) };
    });
}

/** Attributes hold text or are there; whatever else a property is, is no attribute. */
function attributesOf({ attributes }: ElementDeclaration): Documented[] {
  return attributes.flatMap(({ name, type, description = '' }) => {
    const bare = type?.text.replace(/ \| undefined$/, '') ?? '';
    return name && ['string', 'boolean', 'number'].includes(bare) ? [{ name, type: bare, description }] : [];
  });
}

function eventsOf({ name: element, events }: ElementDeclaration): Documented[] {
  return events.flatMap(({ name, type, description = '' }) => {
    if (!name?.startsWith('inlay:')) return [];
    if (!type?.text.startsWith('CustomEvent<'))
      throw new Error(`${name} of ${element} has no type: write "@event {CustomEvent<...>} ${name} - ...".`);
    return [{ name, type: type.text, description }];
  });
}
