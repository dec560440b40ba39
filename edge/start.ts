/** What `npm start` runs: the Node host, whose compiled code is kept between two starts, so that a restart takes a second less. */
import { enableCompileCache, flushCompileCache } from 'node:module';

enableCompileCache();
const { run } = await import('./node.ts');
await run();
// A process that is killed writes nothing.
flushCompileCache();
