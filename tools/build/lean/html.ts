/**
 * Templates as lit-html has them, for the browser's build: text, nested templates, lists, nodes, `attr`, `.property`, `?boolean` and
 * `@event`, with the same rules for `nothing` and what counts as a change. Left out is what our widgets do not use:
 * `noChange`, directives, holes in tag names, comments and raw text elements, SVG fragments, rendering on a server. It saves 1.3 KB on every page.
 */

/** Data of somebody else, such as parsed JSON, cannot have this key, so that it is never taken for a template. */
const template = Symbol();

export interface TemplateResult {
  readonly [template]: TemplateStringsArray;
  readonly values: readonly unknown[];
}

export interface RenderOptions {
  /** `this` of event listeners. */
  readonly host?: object;
}

export const nothing = Symbol();

export const html = (strings: TemplateStringsArray, ...values: readonly unknown[]): TemplateResult => ({
  [template]: strings,
  values,
});

/** Where a hole is: the node's place in document order; for an attribute its name as written, and the text around its holes. */
type Hole = readonly [at: number, name?: string, statics?: readonly string[]];

interface Parsed {
  readonly content: DocumentFragment;
  readonly holes: readonly Hole[];
}

/** Takes its values from the list, beginning at an index, and says where the next one begins. */
type Part = (values: readonly unknown[], from: number) => number;

const marker = '$inlay$';
const parsed = new WeakMap<TemplateStringsArray, Parsed>();
const slots = new WeakMap<Node, Part>();

interface Policy {
  createHTML(text: string): string;
}
const policy = (
  globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
).trustedTypes?.createPolicy('lit-html', { createHTML: text => text });

const walk = (root: Node) => document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);

const parse = (strings: TemplateStringsArray): Parsed => {
  const names: string[] = [];
  let text = strings[0]!;
  for (const next of strings.slice(1)) {
    const open = /([^\s"'<>=]+)=("[^"]*|'[^']*|[^\s"'>]*)$/.exec(text);
    const inTag = open && /<[^>]*$/.test(text.slice(0, open.index).replace(/="[^"]*"/g, ''));
    if (inTag && !open[2]!.includes(marker)) names.push(open[1]!);
    text += (inTag ? marker : `<!--${marker}-->`) + next;
  }
  const element = document.createElement('template');
  element.innerHTML = policy ? policy.createHTML(text) : text;
  const holes: Hole[] = [];
  const walker = walk(element.content);
  for (let at = 0; walker.nextNode(); at++) {
    const node = walker.currentNode as Element;
    if (node.nodeValue === marker) holes.push([at]);
    for (const { name, value } of [...(node.attributes ?? [])]) {
      if (!value.includes(marker)) continue;
      holes.push([at, names.shift()!, value.split(marker)]);
      node.removeAttribute(name);
    }
  }
  const result = { content: element.content, holes };
  parsed.set(strings, result);
  return result;
};

const isPrimitive = (value: unknown) => Object(value) !== value;

const attributePart = (element: Element, written: string, statics: readonly string[], host?: object): Part => {
  const kind = '.?@'.indexOf(written[0]!);
  const name = kind < 0 ? written : written.slice(1);
  const count = statics.length - 1;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the template gave.
  let last: any = nothing;
  if (kind === 2)
    element.addEventListener(name, event => {
      if (last.handleEvent) last.handleEvent(event);
      else last.call?.(host ?? element, event);
    });
  return (values, from) => {
    const latest = values.slice(from, from + count);
    const value =
      statics.join('') || count > 1
        ? latest.includes(nothing)
          ? nothing
          : statics.reduce((text, rest, i) => text + (latest[i - 1] ?? '') + rest)
        : latest[0];
    if (value !== last || !isPrimitive(value)) {
      last = value;
      if (kind === 0) (element as unknown as Record<string, unknown>)[name] = value === nothing ? undefined : value;
      else if (kind === 1) element.toggleAttribute(name, !!value && value !== nothing);
      else if (kind === 2) last = value ?? nothing;
      else if (value === nothing) element.removeAttribute(name);
      else element.setAttribute(name, `${value ?? ''}`);
    }
    return from + count;
  };
};

/** What stands before `end`, back to a mark of its own. */
const childPart = (end: ChildNode, host?: object): Part => {
  const start = new Comment();
  end.before(start);
  /** The strings of a template, `ends` of a list, a node, or `nothing`. */
  let shown: unknown = nothing;
  let text: Text | undefined;
  let parts: Part[] = [];
  const clear = (from: Node = start) => {
    while (end.previousSibling !== from) end.previousSibling!.remove();
  };
  const put = (node: Node) => {
    clear();
    end.before(node);
  };
  const setTemplate = ({ [template]: strings, values }: TemplateResult) => {
    let fragment: DocumentFragment | undefined;
    let fresh = parts;
    if (shown !== strings) {
      const { content, holes } = parsed.get(strings) ?? parse(strings);
      fragment = document.importNode(content, true);
      const walker = walk(fragment);
      let at = -1;
      fresh = holes.map(([place, name, statics]) => {
        for (; at < place; at++) walker.nextNode();
        const node = walker.currentNode as Element;
        return name ? attributePart(node, name, statics!, host) : childPart(node, host);
      });
    }
    let from = 0;
    for (const part of fresh) from = part(values, from);
    if (fragment) put(fragment);
    parts = fresh;
    shown = strings;
  };
  const ends: ChildNode[] = [];
  const setList = (items: Iterable<unknown>) => {
    if (shown !== ends) {
      clear();
      parts = [];
      ends.length = 0;
      shown = ends;
    }
    let i = 0;
    for (const item of items) {
      if (!parts[i]) {
        const mark = new Comment();
        end.before(mark);
        ends[i] = mark;
        parts[i] = childPart(mark, host);
      }
      parts[i++]!([item], 0);
    }
    if (parts.length > i) clear(ends[i - 1]);
    parts.length = ends.length = i;
  };
  return (values, from) => {
    // biome-ignore lint/suspicious/noExplicitAny: whatever the template gave.
    const value: any = values[from];
    if (value === nothing || value == null || value === '') {
      clear();
      shown = nothing;
    } else if (value[template]) setTemplate(value);
    else if (value.nodeType) {
      if (shown !== value) put(value);
      shown = value;
    } else if (!isPrimitive(value) && value[Symbol.iterator]) setList(value);
    else if (text && shown === text) text.data = value;
    else {
      text = new Text(value);
      put(text);
      shown = text;
    }
    return from + 1;
  };
};

/** Renders into the end of a container; the next call with the same container changes what is there. */
export const render = (value: unknown, container: Node, { host }: RenderOptions = {}): void => {
  let slot = slots.get(container);
  if (!slot) {
    const end = new Comment();
    container.appendChild(end);
    slot = childPart(end, host);
    slots.set(container, slot);
  }
  slot([value], 0);
};
