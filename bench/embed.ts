/** `npm run bench:embed`: the demo's widget on websites that are not ours, with every request to us 100 ms away; one JSON line for each row. */
import { conclude } from './embed/row.ts';
import { access } from './embed/rows/access.ts';
import { anchors } from './embed/rows/anchors.ts';
import { crowd } from './embed/rows/crowd.ts';
import { evaluation } from './embed/rows/evaluation.ts';
import { failures } from './embed/rows/failures.ts';
import { manners } from './embed/rows/manners.ts';
import { mounts } from './embed/rows/mounts.ts';
import { policies } from './embed/rows/policies.ts';
import { reach } from './embed/rows/reach.ts';
import { visibility } from './embed/rows/visible.ts';
import { weights } from './embed/rows/weights.ts';
import { createWorld } from './embed/world.ts';

const rows = { visibility, policies, evaluation, mounts, manners, access, reach, crowd, failures, anchors };
const wanted = process.argv.slice(2);

const world = await createWorld();
try {
  if (wanted.length === 0 || wanted.includes('weights')) weights();
  for (const [name, run] of Object.entries(rows)) {
    if (wanted.length === 0 || wanted.includes(name)) await run(world);
  }
  conclude();
} finally {
  await world.close();
}
