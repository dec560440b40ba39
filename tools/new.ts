/** `npm run new KIND NAME`: makes a new thing of a kind from its template. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { staleRegistries } from './generate-registries.ts';
import { moduleKinds, newModule } from './new-module.ts';
import { root } from './root.ts';

const [asked, name, option] = process.argv.slice(2);
const wanted = asked === 'module' && option === '--element' ? 'element' : asked;
const kind = moduleKinds.find(known => known === wanted);
if (!kind || !name) {
  console.error(`Usage: npm run new ${moduleKinds.join('|')} NAME`);
  process.exit(2);
}
try {
  const files = newModule(name, root, kind);
  for (const { path, text } of staleRegistries()) writeFileSync(join(root, path), text);
  const biome = join(root, 'node_modules/.bin/biome');
  execFileSync(biome, ['check', '--write', '--log-level=error', `widgets/${name}`], { cwd: root, stdio: 'inherit' });
  console.log(`${files.map(file => `  ${file}`).join('\n')}\n\nIt is in the registries. Try it: npm run dev`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
