/** What the tags of the house look like from outside, read from the manifests and the documentation of their elements. */
import type { WidgetMode } from '../../schemas/protocol/widget-mode.ts';
import { type ElementDeclaration, type ElementsManifest, elementsOf, readClasses } from '../elements/read-elements.ts';
import { houseModule, houseModules } from '../house-modules.ts';

export interface TagDoc {
  readonly tag: string;
  readonly label: string;
  readonly surfaces: readonly string[];
  /** Pixels. */
  readonly height: number;
  /** How it usually shows. */
  readonly mode: WidgetMode;
  /** What its manifest asks of whoever places it, by name. */
  readonly props: readonly string[];
  readonly attributes: readonly Documented[];
  readonly events: readonly Documented[];
}

export interface Documented {
  readonly name: string;
  /** TypeScript. */
  readonly type: string;
  readonly description: string;
}

/** Every widget of the house in the order of the folders, with its class: its own, or that of its kind. */
async function houseWidgets() {
  const classes = readClasses();
  const declared = elementsOf({ modules: classes });
  const ofKind = (kind: string) => classes.find(({ path }) => path === `widgets/kit/generic/${kind}-element.ts`);
  const modules = await Promise.all(houseModules.map(houseModule));
  return modules
    .flatMap(({ widgets }) => Object.values(widgets ?? {}))
    .map(widget => {
      const element =
        declared.find(({ tagName }) => tagName === widget.tag) ?? ofKind(widget.kind ?? '')?.declarations[0];
      if (!element) throw new Error(`<${widget.tag}> has neither a class with that @tag nor a kind.`);
      return { widget, element };
    });
}

/** Throws for an event without a type: nobody could use its detail. */
export async function tagDocs(): Promise<TagDoc[]> {
  return (await houseWidgets()).map(({ widget, element }) => {
    const { tag, label, surfaces, height, mode = 'inline' } = widget;
    const props = ('props' in widget && widget.props) || {};
    const face = { attributes: attributesOf(element), events: eventsOf(element) };
    return { tag, label, surfaces, height, mode, props: Object.keys(props), ...face };
  });
}

/** The custom elements manifest of the package: the tags that its script brings into a page. */
export async function packageManifest(): Promise<ElementsManifest> {
  const declarations = (await houseWidgets()).map(({ widget: { tag }, element }) => ({ ...element, tagName: tag }));
  return { schemaVersion: '1.0.0', modules: [{ kind: 'javascript-module', path: 'index.js', declarations }] };
}

/** Text, one of some words, a number, or there at all. */
const attributeType = /^(?:string|boolean|number|'[\w-]+'(?: \| '[\w-]+')*)$/;

/** Attributes hold text or are there; whatever else a property is, is no attribute. */
function attributesOf({ attributes }: ElementDeclaration): Documented[] {
  return attributes.flatMap(({ name, type, description = '' }) => {
    const bare = type?.text.replace(/ \| undefined$/, '') ?? '';
    return name && attributeType.test(bare) ? [{ name, type: bare, description }] : [];
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
