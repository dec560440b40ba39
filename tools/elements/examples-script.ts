/** Bundles what brings the examples of the page of elements to life: every room's `examples.ts`, as one module without imports. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../root.ts';

const sources = ['widgets/*/element/examples.ts', 'widgets/kit/*/examples.ts'];

/** Its export `examples` has a function by tag. */
export async function examplesScript(): Promise<string> {
  const files = globSync(sources, { cwd: root }).sort();
  if (files.length === 0) throw new Error('No example was found.');
  const imports = files.map((file, at) => `import { examples as of${at} } from ${JSON.stringify(`./${file}`)};`);
  const all = `export const examples = { ${files.map((_, at) => `...of${at}`).join(', ')} };`;
  const { outputFiles } = await build({
    stdin: { contents: [...imports, all].join('\n'), resolveDir: root, loader: 'ts' },
    outfile: join(root, 'dist/public/docs/elements-examples.js'),
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}
