/** Types that the npm package has for each tag: its attributes and events, and what the frameworks' templates take. */
import type { Documented, TagDoc } from './element-types.ts';

/** `inlay-booking-manage` is `InlayBookingManage`. */
export const componentName = (tag: string): string =>
  tag.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const comment = (text: string, indent: string) => (text ? `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n` : '');

const members = (parts: readonly Documented[], indent: string, member: (part: Documented) => string) =>
  parts.map(part => `${comment(part.description, indent)}${indent}${member(part)}\n`).join('');

/** In the place of `embed-sdk/package/tags.ts`. */
export function tagTypes(docs: readonly TagDoc[]): string {
  const events = new Map(docs.flatMap(doc => doc.events).map(event => [event.name, event]));
  const tags = docs.map(
    ({ tag, label, attributes, events }) => `  /** ${label} */
  '${tag}': {
    readonly attributes: {
${members(attributes, '      ', ({ name, type }) => `readonly ${name}?: ${type} | undefined;`)}    };
    readonly events: {
${members(events, '      ', ({ name, type }) => `'${name}': ${type};`)}    };
  };
`,
  );
  return `/** Tags of the house's widgets, with their attributes and events. */
export interface InlayTags {
${tags.join('')}}

declare global {
  interface HTMLElementTagNameMap {
${docs.map(({ tag }) => `    '${tag}': HTMLElement;\n`).join('')}  }
  /** Events bubble: an element, the document and the window hear them. */
  interface GlobalEventHandlersEventMap {
${members([...events.values()], '    ', ({ name, type }) => `'${name}': ${type};`)}  }
}
`;
}

/** What a wrapper's types have beside their own: a component for each tag where there are some, and the bare tags in templates. */
export const frameworkTypes: Readonly<Record<'react' | 'vue' | 'svelte', (docs: readonly TagDoc[]) => string>> = {
  react: docs => `
${docs.map(({ tag, label }) => `/** ${label} */\nexport declare const ${componentName(tag)}: (props: WidgetProps<'${tag}'>) => ReactElement;\n`).join('')}
declare module 'react' { namespace JSX { interface IntrinsicElements {
${docs.map(({ tag }) => `  '${tag}': import('react').HTMLAttributes<HTMLElement> & import('react').RefAttributes<HTMLElement> & import('./tag-types.js').Attributes<'${tag}'> & { readonly class?: string };\n`).join('')}}}}
`,
  vue: docs => `
${docs.map(({ tag, label }) => `/** ${label} */\nexport declare const ${componentName(tag)}: WidgetComponent<WidgetProps<'${tag}'>>;\n`).join('')}
declare module 'vue' {
  interface GlobalComponents {
${docs.map(({ tag }) => `    '${tag}': WidgetComponent<import('./tag-types.js').Attributes<'${tag}'> & TemplateListeners<'${tag}'>>;\n`).join('')}  }
}
`,
  svelte: docs => `
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${docs.map(({ tag }) => `    '${tag}': import('svelte/elements').HTMLAttributes<HTMLElement> & import('./tag-types.js').Attributes<'${tag}'> & TemplateListeners<'${tag}'>;\n`).join('')}  }
}
`,
};

/** The entry of a wrapper: what it exports, and a component for each tag. */
export const wrapperEntry = (file: string, docs: readonly TagDoc[]): string =>
  `export * from './${file}.ts';\nimport { widgetOf } from './${file}.ts';\n${docs
    .map(({ tag, height }) => `export const ${componentName(tag)} = /* @__PURE__ */ widgetOf('${tag}', ${height});\n`)
    .join('')}`;
