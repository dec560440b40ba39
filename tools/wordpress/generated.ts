/** What of the WordPress plugin follows from the widgets: their list, the block's attributes, and the texts to be translated. */
import type { TagDoc } from '../embed-package/element-types.ts';

const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
const translated = (text: string) => `__( ${quoted(text)}, 'inlay' )`;
const wordOf = (attribute: string) => attribute[0]!.toUpperCase() + attribute.slice(1).replaceAll('-', ' ');

/** The widgets that a website may show; those of pages of our own are led to by mails. */
const shown = (docs: readonly TagDoc[]) => docs.filter(({ surfaces }) => surfaces.includes('site'));

/** A shortcode and a block hold text. */
const texts = ({ attributes }: TagDoc) => attributes.filter(({ type }) => /^string$|'/.test(type));

/** Name, label, height, usual way and attributes of each widget; `options` are what its editor asks about, with name and help. */
export function widgetsFile(docs: readonly TagDoc[]): string {
  const rows = shown(docs).map(doc => {
    const { tag, label, height, mode, props } = doc;
    const names = texts(doc).map(({ name }) => quoted(name));
    const options = texts(doc)
      .filter(({ name }) => props.includes(name))
      .map(
        ({ name, description }) =>
          `${quoted(name)} => array( ${translated(wordOf(name))}, ${description ? translated(description) : "''"} )`,
      );
    return `\t${quoted(tag.replace('inlay-', ''))} => array(
\t\t'label'      => ${translated(label)},
\t\t'height'     => ${height},
\t\t'mode'       => ${quoted(mode)},
\t\t'attributes' => array( ${names.join(', ')} ),
\t\t'options'    => array( ${options.join(', ')} ),
\t),
`;
  });
  return `<?php
/**
 * Widgets by name, as their manifests and elements declare them.
 *
 * @package Inlay
 */

defined( 'ABSPATH' ) || exit;

return array(
${rows.join('')});
`;
}

/** The block's own description with an attribute for each that a widget has; within patterns whose content alone is edited they stay in reach. */
export function blockFile(source: string, docs: readonly TagDoc[]): string {
  const block = JSON.parse(source) as { attributes: Record<string, object> };
  const names = ['widget', ...shown(docs).flatMap(doc => texts(doc).map(({ name }) => name))];
  const given = Object.fromEntries(names.map(name => [name, { type: 'string', default: '', role: 'content' }]));
  const attributes = { ...given, ...block.attributes };
  return `${JSON.stringify({ ...block, attributes }, null, 2)}\n`;
}

/** Texts between the quotes of a call such as `__( 'Text', 'inlay' )`, in PHP and in the editor's script. */
const calls = /\b(?:__|esc_html__|esc_attr__)\(\s*'((?:[^'\\]|\\.)*)',\s*'inlay',?\s*\)/g;

/** A template for translators (gettext): each text once, with the files that have it. */
export function templateFile(files: Readonly<Record<string, string>>, version: string): string {
  const places = new Map<string, string[]>();
  for (const [name, code] of Object.entries(files))
    for (const [, text] of code.matchAll(calls)) {
      const plain = text!.replace(/\\(.)/g, '$1');
      places.set(plain, [...new Set([...(places.get(plain) ?? []), name])]);
    }
  const entries = [...places].map(
    ([text, names]) => `#: ${names.join(' ')}\nmsgid ${JSON.stringify(text)}\nmsgstr ""\n`,
  );
  const head = `msgid ""\nmsgstr ""\n"Project-Id-Version: Inlay ${version}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n"X-Domain: inlay\\n"\n`;
  return [head, ...entries].join('\n');
}
