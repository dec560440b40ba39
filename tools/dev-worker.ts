/** `npm run dev:worker`: the Worker in workerd with a real libSQL server and the demo, until it is interrupted. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseNodeEnvironment } from '../edge/adapters/node/environment.ts';
import { ApiClient } from '../edge/demo/api-client.ts';
import { serveDemo } from '../edge/demo/index.ts';
import { beginDemo } from '../edge/demo/unfinished.ts';
import { buildMissing } from './build-missing.ts';
import { forward } from './forward.ts';
import { root } from './root.ts';
import { startWorkerHost } from './worker-host.ts';

const folder = process.env['DATA_DIR'] ?? join(root, 'data/worker');
const env = parseNodeEnvironment({ ...process.env, DATA_DIR: folder }, process.argv.slice(2));
const dataFolder = resolve(folder);
if (env.demo) beginDemo(dataFolder);
mkdirSync(join(dataFolder, 'sqld'), { recursive: true });
await buildMissing();

const host = await startWorkerHost({ publicUrl: env.publicUrl, demo: env.demo, dataFolder: join(dataFolder, 'sqld') });
const door = await forward(env.port, host.url);
const ticking = setInterval(() => void host.tick(), 30_000);
const demo = env.demo
  ? await serveDemo({
      api: new ApiClient(request => fetch(request), env.publicUrl),
      dataFolder,
      sitePort: env.sitePort,
      hostname: env.hostname,
      now: Date.now(),
    })
  : undefined;
console.log(`Inlay listens on http://127.0.0.1:${env.port}`);

async function stop(): Promise<void> {
  clearInterval(ticking);
  await Promise.all([door.stop(), demo?.stop()]);
  await host.stop();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void stop().then(() => process.exit(0));
  });
}
