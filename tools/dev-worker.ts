/** `npm run dev:worker`: the Worker in workerd with a real libSQL server, until it is interrupted. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';
import { startWorkerHost } from './worker-host.ts';

const dataFolder = join(root, 'data/sqld');
mkdirSync(dataFolder, { recursive: true });
const host = await startWorkerHost({ demo: !process.argv.includes('--no-demo'), dataFolder });
console.log(`Inlay listens on ${host.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    host.stop().then(() => process.exit(0));
  });
}
