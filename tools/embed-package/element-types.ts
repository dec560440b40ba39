/** What the tags of the house look like from outside, read from the manifests and the documentation of their elements. */
/// <reference path="./analyzer.d.ts" />
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer/index.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { houseModule, houseModules } from '../house-modules.ts';
import { root } from '../root.ts';

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

interface Part {
  readonly name?: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
}

interface Declared {
  readonly name: string;
  readonly tagName?: string;
  readonly attributes?: readonly Part[];
  readonly events?: readonly Part[];
}

const base = 'widgets/kit/base-element.ts';

/** Every widget of the house in the order of the folders. Throws for an event without a type: nobody could use its detail. */
export async function tagDocs(): Promise<TagDoc[]> {
  const declared = readElements();
  const common = declared.find(({ name }) => name === 'InlayElement')!;
  const modules = await Promise.all(houseModules.map(houseModule));
  return modules
    .flatMap(({ widgets }) => Object.values(widgets ?? {}))
    .map(({ tag, label, surfaces, height }) => {
      const element = declared.find(({ tagName }) => tagName === tag) ?? common;
      return { tag, label, surfaces, height, attributes: attributesOf(element), events: eventsOf(element) };
    });
}

function readElements(): Declared[] {
  const elements = globSync('widgets/*/element/*.ts', { cwd: root }).filter(file => !file.endsWith('.test.ts'));
  const sources = [...elements.sort(), base].map(file =>
    ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ES2022, true),
  );
  const { modules } = create({ modules: sources, plugins: litPlugin(), context: { dev: false } });
  return modules.flatMap(({ declarations = [] }) => declarations as readonly Declared[]);
}

/** Attributes hold text or are there; whatever else a property is, is no attribute. */
function attributesOf({ attributes = [] }: Declared): Documented[] {
  return attributes.flatMap(({ name, type, description = '' }) => {
    const bare = type?.text.replace(/ \| undefined$/, '') ?? '';
    return name && ['string', 'boolean', 'number'].includes(bare) ? [{ name, type: bare, description }] : [];
  });
}

function eventsOf({ name: element, events = [] }: Declared): Documented[] {
  return events.flatMap(({ name, type, description = '' }) => {
    if (!name?.startsWith('inlay:')) return [];
    if (!type?.text.startsWith('CustomEvent<'))
      throw new Error(`${name} of ${element} has no type: write "@event {CustomEvent<...>} ${name} - ...".`);
    return [{ name, type: type.text, description }];
  });
}
