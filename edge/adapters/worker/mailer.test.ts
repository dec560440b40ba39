import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { createEmbeddedDatabases } from '../node/databases.ts';
import { outboxContract } from '../outbox.contract.ts';
import { createDatabaseOutbox } from './mailer.ts';

const folder = mkdtempSync(join(tmpdir(), 'inlay-outbox-'));
const databases = createEmbeddedDatabases({ folder });
after(() => {
  databases.close();
  rmSync(folder, { recursive: true });
});

let counter = 0;
outboxContract('libSQL table', async clock => {
  const name = `outbox-${counter++}`;
  await databases.create(name);
  return createDatabaseOutbox(databases, name, clock);
});
