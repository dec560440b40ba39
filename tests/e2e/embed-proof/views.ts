/** Which views a judge has had before it: each template of a widget is one, and counts where what was made of it is in sight. */
import { appendFileSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { parseSync, Visitor } from 'vite';
import { root } from '../../../tools/root.ts';

interface ViewsWindow {
  /** Outlines of all views that are in sight. */
  readonly viewsInSight: () => string[];
  /** Outlines of templates, each given as the text around its holes. */
  readonly outlinesOf: (templates: readonly (readonly string[])[]) => string[];
}

/** To be given to `addInitScript`: notes what templates are copied into the page. An outline is tags, fixed attributes and fixed words. */
export const noteViews = (): void => {
  if ('viewsInSight' in window) return;
  const outline = (node: Node): string => {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue!.replace(/\s/g, '');
    if (node.nodeType === Node.COMMENT_NODE) return '';
    const inner = [...node.childNodes].map(outline).join('');
    if (!(node instanceof Element)) return inner;
    const fixed = [...node.attributes].map(({ name, value }) => ` ${name}=${value.replace(/\s+/g, ' ').trim()}`).sort();
    return `<${node.localName}${fixed.join('')}>${inner}</>`;
  };
  const outlines = new WeakMap<Node, string>();
  const copies = new Map<string, Node[]>();
  const { importNode } = Document.prototype;
  Document.prototype.importNode = function <T extends Node>(this: Document, view: T, deep?: boolean): T {
    const copy = importNode.call(this, view, deep) as T;
    if (!(view instanceof DocumentFragment)) return copy;
    const name = outlines.get(view) ?? outline(view);
    outlines.set(view, name);
    copies.set(name, [...(copies.get(name) ?? []), ...copy.childNodes]);
    return copy;
  };
  /** What has no box of its own shows where its parent does. */
  const drawn = (element: Element): boolean =>
    element.checkVisibility() ||
    (element.matches('option, br, slot') && !!element.parentElement?.checkVisibility()) ||
    [...element.children].some(drawn);
  const inSight = (node: Node): boolean => {
    if (!node.isConnected) return false;
    if (node instanceof Element) return drawn(node);
    return node.nodeType === Node.TEXT_NODE && !!node.nodeValue!.trim() && !!node.parentElement?.checkVisibility();
  };
  const outlineOf = (strings: readonly string[]) => {
    const hole = 'hole-in-template';
    const text = strings.reduce((before, next) => {
      const within = before.lastIndexOf('<') > before.lastIndexOf('>') || /=("[^"<]*|'[^'<]*)$/.test(before);
      return `${before}${within ? hole : `<!--${hole}-->`}${next}`;
    });
    const template = document.createElement('template');
    template.innerHTML = text;
    for (const element of template.content.querySelectorAll('*'))
      for (const { name, value } of [...element.attributes]) if (value.includes(hole)) element.removeAttribute(name);
    return outline(template.content);
  };
  Object.assign(window, {
    viewsInSight: () => [...copies].flatMap(([name, nodes]) => (name && nodes.some(inSight) ? [name] : [])),
    outlinesOf: (templates: readonly (readonly string[])[]) => templates.map(outlineOf),
  } satisfies ViewsWindow);
};

const folder = join(root, 'dist/judged');
const file = join(folder, `${basename(process.argv[1] ?? '', '.test.ts')}.txt`);
let noted: Set<string> | undefined;

/** Keeps for `axe-whole.test.ts` what this file's judge has had before it. */
export async function keepViews(frame: Frame): Promise<void> {
  if (!noted) {
    mkdirSync(folder, { recursive: true });
    rmSync(file, { force: true });
    noted = new Set();
  }
  for (const view of await frame.evaluate(() => (window as unknown as ViewsWindow).viewsInSight())) {
    if (noted.has(view)) continue;
    noted.add(view);
    appendFileSync(file, `${JSON.stringify(view)}\n`);
  }
}

/** Everything that was kept, by the name of the file that kept it. */
export const keptViews = (): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    globSync('*.txt', { cwd: folder }).map(name => [
      basename(name, '.txt'),
      new Set(
        readFileSync(join(folder, name), 'utf8')
          .trim()
          .split('\n')
          .map(line => JSON.parse(line) as string),
      ),
    ]),
  );

export interface View {
  /** `path:line` */
  readonly at: string;
  readonly outline: string;
  /** As it is written. */
  readonly text: string;
}

/** Every template of these files that has something of its own in it. */
export async function viewsOf(page: Page, files: readonly string[]): Promise<readonly View[]> {
  const found: { at: string; text: string; strings: string[] }[] = [];
  for (const path of files) {
    const code = readFileSync(join(root, path), 'utf8');
    new Visitor({
      TaggedTemplateExpression({ tag, quasi }) {
        if (tag.type !== 'Identifier' || tag.name !== 'html') return;
        const line = code.slice(0, quasi.start).split('\n').length;
        const strings = quasi.quasis.map(({ value }) => value.cooked!);
        found.push({ at: `${path}:${line}`, text: code.slice(quasi.start, quasi.end), strings });
      },
    }).visit(parseSync(path, code).program);
  }
  const outlines = await page.evaluate(
    templates => (window as unknown as ViewsWindow).outlinesOf(templates),
    found.map(({ strings }) => strings),
  );
  return found.flatMap(({ at, text }, i) => (outlines[i] ? [{ at, text, outline: outlines[i] }] : []));
}
