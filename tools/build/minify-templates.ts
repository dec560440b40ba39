/** A vite plugin that takes the white space of the source out of `html` and `css` literals. */
import { type Plugin, parseSync, Visitor } from 'vite';

const css = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/([\w-]): /g, '$1:')
    .replace(/;}/g, '}')
    .replace(/ !important/g, '!important')
    .replace(/([ :,(-])0\./g, '$1.')
    .replace(/='([\w-]+)'\]/g, '=$1]')
    .replace(/ ([+~]) /g, (match, _, at: number, whole: string) =>
      insideParentheses(whole, at) ? match : match.trim(),
    );

/** A plus in `calc(...)` needs its spaces; a combinator stands outside of parentheses or is short enough to keep them. */
function insideParentheses(text: string, at: number): boolean {
  let depth = 0;
  for (let i = at; i >= 0 && text[i] !== '{' && text[i] !== '}'; i--) {
    if (text[i] === ')') depth -= 1;
    else if (text[i] === '(') depth += 1;
  }
  return depth > 0;
}

/** A line break beside a tag is layout of the source, never content; elsewhere it is one space. */
const html = (text: string) =>
  text.replace(/\s*\n\s*/g, (space, at: number) => {
    const before = text[at - 1];
    const after = text[at + space.length];
    const beside = (!before && !after) || before === '>' || after === '<' || after === '>' || after === '/';
    return beside ? '' : ' ';
  });

const minifiers: Readonly<Record<string, (text: string) => string>> = { html, css };

/** Holes that the lean templates of the build do not have; Lit itself would take some of them. */
const refused = /<\/?$|<(textarea|style|script|title)\b[^>]*>[^<]*$|<!--[^>]*$/;

/** Makes the literals of one TypeScript file small; expressions and everything else stay as they are. */
export const minifyLiterals = (code: string, file: string): string => {
  const edits: { start: number; end: number; text: string }[] = [];
  new Visitor({
    TaggedTemplateExpression(node) {
      const minify = node.tag.type === 'Identifier' && minifiers[node.tag.name];
      if (!minify) return;
      let before = '';
      for (const { start, end, tail, value } of node.quasi.quasis) {
        before += value.raw;
        if (minify === html && !tail && refused.test(before))
          throw new Error(
            `${file}: a hole after "${before.slice(-40)}" is not for widgets: bind a property or an attribute.`,
          );
        edits.push({ start, end, text: minify(code.slice(start, end)) });
      }
    },
  }).visit(parseSync(file, code).program);
  let out = code;
  for (const { start, end, text } of edits.sort((a, b) => b.start - a.start))
    out = out.slice(0, start) + text + out.slice(end);
  return out;
};

/** Only our own files; those of packages are built already. */
export const minifyTemplates = (): Plugin => ({
  name: 'inlay:minify-templates',
  enforce: 'pre',
  transform(code, id) {
    if (id.includes('node_modules') || !id.endsWith('.ts') || !/\b(html|css)`/.test(code)) return;
    return { code: minifyLiterals(code, id), map: null };
  },
});
