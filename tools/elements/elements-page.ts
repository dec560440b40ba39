/** Draws the page of all elements: for each an example that lives, what it takes and says, and lines to copy. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { html, raw } from 'hono/html';
import { genericKinds } from '../../schemas/module/generic-widget.ts';
import type { BuildManifest } from '../build.ts';
import { root } from '../root.ts';
import {
  type Described,
  type ElementDeclaration,
  type ElementModule,
  type ElementsManifest,
  readClasses,
} from './read-elements.ts';

const titleOf = (tag: string): string => {
  const words = tag.replace(/^(?:inlaykit|inlay-example|inlay)-/, '').replaceAll('-', ' ');
  return words[0]!.toUpperCase() + words.slice(1);
};

/** The lines beside the element's file, else its tag with a label where it takes one. */
function exampleOf({ path }: ElementModule, { tagName, attributes }: ElementDeclaration): string {
  const file = join(root, dirname(path), `${tagName}.example.html`);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const label = attributes.some(({ name }) => name === 'label') ? ` label="${titleOf(tagName)}"` : '';
  return `<${tagName}${label}></${tagName}>`;
}

const plain = (type: string | undefined): string => (type ?? '').replace(/ \| undefined$/, '');

/** What stands between backticks is code. */
const spoken = (text = '') => text.split('`').map((part, i) => (i % 2 ? html`<code>${part}</code>` : part));

function table(caption: string, rows: readonly Described[], typed = true) {
  if (rows.length === 0) return '';
  return html`<table><caption>${caption}</caption>
${rows.map(
  ({ name, type, description }) =>
    html`<tr><th scope="row"><code>${name || '(default)'}</code></th>${typed ? html`<td><code>${plain(type?.text)}</code></td>` : ''}<td>${spoken(description)}</td></tr>`,
)}</table>`;
}

/** Chunk of an element, and the way to it, if the build has one. */
const chunkOf = (build: BuildManifest, tag: string): string | undefined =>
  (build.widgets[tag] ?? build.parts[tag] ?? build.parts[tag.replace('inlay-example-', 'generic-')])?.files[0];

/** Widgets that a manifest alone makes: each kind has a class, and a tag that is here for the page. */
const kindsOf = (classes: readonly ElementModule[]): ElementModule[] =>
  genericKinds.map(kind => {
    const found = classes.find(({ path }) => path === `widgets/kit/generic/${kind}-element.ts`);
    if (!found) throw new Error(`There is no class for the kind ${kind}.`);
    return { ...found, declarations: [{ ...found.declarations[0]!, tagName: `inlay-example-${kind}` }] };
  });

function section(module: ElementModule, build: BuildManifest) {
  const element = module.declarations[0]!;
  const { tagName, description, attributes, members, events, slots, cssProperties, cssParts } = element;
  const example = exampleOf(module, element);
  const named = new Set(attributes.map(({ fieldName, name }) => fieldName ?? name));
  const rest = members.filter(({ name, description }) => !named.has(name) && description);
  const kind = tagName.startsWith('inlay-example-') ? tagName.replace('inlay-example-', '') : '';
  const widget = tagName.startsWith('inlay-');
  return html`<section id="${tagName}" data-chunk="/${chunkOf(build, tagName) ?? ''}" aria-labelledby="${tagName}-title">
<h2 id="${tagName}-title">${titleOf(tagName)} <a class="tag" href="#${tagName}"><code>&lt;${tagName}&gt;</code></a></h2>
<p>${spoken(description)}</p>
${kind ? html`<p class="quiet">Its tag, fields and words are those of the manifest that says <code>kind: '${kind}'</code>.</p>` : ''}
${widget ? html`<p class="quiet">A widget has its content from a site; here it talks to one in the memory of this page, and nothing that you do leaves it.</p>` : ''}
<div class="stage">${raw(example)}</div>
<div class="snippet"><pre tabindex="0" role="region" aria-label="Lines of ${titleOf(tagName)}"><code>${example}</code></pre><button type="button" class="copy">Copy</button></div>
${table('Attributes', attributes)}${table('Properties and methods', rest)}${table('Events', events)}${table('Slots', slots, false)}${table('Parts', cssParts, false)}${table('Custom properties', cssProperties, false)}
</section>`;
}

export async function elementsPage(manifest: ElementsManifest, build: BuildManifest): Promise<string> {
  const shown = manifest.modules.filter(({ declarations: [one] }) => chunkOf(build, one!.tagName));
  const kit = (one: ElementModule) => one.declarations[0]!.tagName.startsWith('inlaykit-');
  const groups = [
    ['Kit', shown.filter(kit)],
    ['Widgets', shown.filter(one => !kit(one))],
    ['Widgets of a manifest', kindsOf(readClasses())],
  ] as const;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Inlay elements</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/elements.css">
<script type="module" src="/docs/elements.js"></script>
</head>
<body>
<header>
<strong>Inlay elements</strong>
<fieldset><legend>Colours</legend>
<label><input type="radio" name="theme" value="" checked>System</label>
<label><input type="radio" name="theme" value="light">Light</label>
<label><input type="radio" name="theme" value="dark">Dark</label>
</fieldset>
<fieldset><legend>Accent</legend>
<label><input type="radio" name="accent" value="" checked>Own</label>
<label><input type="radio" name="accent" value="plum">Plum</label>
<label><input type="radio" name="accent" value="moss">Moss</label>
</fieldset>
<label class="switch"><input type="checkbox" name="rtl">Right to left</label>
</header>
<div class="columns">
<nav aria-label="Elements">${groups.map(
    ([name, list]) =>
      html`<h2>${name} <span class="quiet">${list.length}</span></h2><ul>${list.map(({ declarations: [one] }) => html`<li><a href="#${one!.tagName}">${titleOf(one!.tagName)}</a></li>`)}</ul>`,
  )}</nav>
<main>
<h1>Elements</h1>
<p class="quiet">Every part lives: press it, walk it by keyboard, turn it around. What the tables say is read from the code, and editors read it in <a href="/docs/custom-elements.json">custom-elements.json</a>.</p>
${groups.flatMap(([, list]) => list.map(module => section(module, build)))}
</main>
</div>
</body>
</html>`;
  return `${await page}`;
}
