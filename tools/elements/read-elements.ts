/** Reads what every public element says of itself: a custom elements manifest (schema 1.0.0), and what it lacks. */
/// <reference path="../embed-package/analyzer.d.ts" />
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer/index.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import { root } from '../root.ts';

export interface Described {
  readonly name: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
  readonly inheritedFrom?: { readonly module?: string };
}

interface Member extends Described {
  readonly kind: string;
  readonly privacy?: string;
  readonly static?: boolean;
  readonly attribute?: string;
}

export interface ElementDeclaration {
  readonly kind: 'class';
  /** Told apart by the schema from a class that is no element. */
  readonly customElement: true;
  readonly name: string;
  readonly tagName: string;
  readonly description: string;
  readonly attributes: readonly (Described & { readonly fieldName?: string })[];
  readonly members: readonly Member[];
  readonly events: readonly Described[];
  readonly slots: readonly Described[];
  readonly cssProperties: readonly Described[];
  readonly cssParts: readonly Described[];
}

export interface ElementModule {
  readonly kind: 'javascript-module';
  /** From the repository's root. */
  readonly path: string;
  readonly declarations: readonly ElementDeclaration[];
}

export interface ElementsManifest {
  readonly schemaVersion: '1.0.0';
  readonly modules: readonly ElementModule[];
}

const sources = ['widgets/*/element/*.ts', 'widgets/kit/**/*.ts'];
const left = /\.test\.ts$|\/(?:testing|desk|locales)\//;

/** Elements that a page or a module may use: those with a `@tag` in a module's `element/` or in the kit, by their tags. */
export function readElements(): ElementsManifest {
  const found = readClasses().flatMap(({ path, declarations }): ElementModule[] => {
    const elements = declarations.filter(({ tagName }) => tagName !== '');
    return elements.length > 0 ? [{ kind: 'javascript-module', path, declarations: elements }] : [];
  });
  const tagOf = ({ declarations: [one] }: ElementModule) => one!.tagName;
  return { schemaVersion: '1.0.0', modules: found.sort((a, b) => tagOf(a).localeCompare(tagOf(b))) };
}

/** Every class of these files; one that is no element by itself has no tag. */
export function readClasses(): ElementModule[] {
  const files = globSync(sources, { cwd: root }).filter(file => !left.test(file));
  const texts = new Map(files.sort().map(file => [file, readFileSync(join(root, file), 'utf8')]));
  const modules = [...texts].map(([file, text]) => ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  const analysed = create({ modules, plugins: litPlugin(), context: { dev: false } }).modules as unknown as {
    readonly path: string;
    readonly declarations?: readonly Partial<ElementDeclaration>[];
  }[];
  const inner = new Map([...texts].map(([file, text]) => [file, new Set(innerProperties(text))]));
  const isInner = (file: string, name: string) => inner.get(file)?.has(name) ?? false;
  return analysed.map(({ path, declarations = [] }) => ({
    kind: 'javascript-module',
    path,
    declarations: declarations
      .filter(({ kind }) => kind === 'class')
      .map(one => publicFace(one, texts.get(path)!, (name, from = path) => isInner(from, name))),
  }));
}

/** Properties of which the page sees no attribute: the analyser takes each for one. */
const innerProperties = (text: string): string[] =>
  [...text.matchAll(/(\w+): \{[^}]*(?:state: true|attribute: false)[^}]*\}/g)].map(([, name]) => name!);

function publicFace(
  one: Partial<ElementDeclaration>,
  text: string,
  isInner: (name: string, from?: string) => boolean,
): ElementDeclaration {
  const members = (one.members ?? []).filter(
    ({ name, kind, privacy = 'public', static: shared, type, inheritedFrom }) =>
      privacy === 'public' &&
      !shared &&
      !/^#|Callback$/.test(name) &&
      (kind === 'method' || type !== undefined) &&
      !isInner(name, inheritedFrom?.module),
  );
  const attributes = (one.attributes ?? []).filter(
    ({ name, fieldName, inheritedFrom }) => !isInner(fieldName ?? name, inheritedFrom?.module),
  );
  return {
    kind: 'class',
    customElement: true,
    name: one.name!,
    tagName: one.tagName ?? '',
    description: one.description || /^\/\*\* ([^\n]+) \*\//.exec(text)?.[1] || '',
    attributes,
    members,
    // `type` is what the analyser calls an event whose name is handed over.
    events: (one.events ?? []).filter(({ name }) => name && name !== 'type'),
    slots: one.slots ?? [],
    cssProperties: one.cssProperties ?? [],
    cssParts: one.cssParts ?? [],
  };
}

export const elementsOf = ({ modules }: Pick<ElementsManifest, 'modules'>): readonly ElementDeclaration[] =>
  modules.flatMap(({ declarations }) => declarations);

/** What has to be written before somebody else can use an element, as sentences. */
export function lacksOf(manifest: ElementsManifest): string[] {
  return elementsOf(manifest).flatMap(({ tagName, description, events }) => [
    ...(description ? [] : [`<${tagName}> says nowhere what it is for: write a sentence over its class.`]),
    ...events.flatMap(({ name, type }) =>
      type ? [] : [`${name} of <${tagName}> has no type: write "@event {CustomEvent<...>} ${name} - ...".`],
    ),
  ]);
}
