import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { outboxContract } from '../outbox.contract.ts';
import { createFileOutbox } from './mailer.ts';

const root = mkdtempSync(join(tmpdir(), 'inlay-mail-'));
after(() => rmSync(root, { recursive: true }));

let counter = 0;
outboxContract('files', async clock => createFileOutbox(join(root, `${counter++}`), clock));
