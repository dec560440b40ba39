/** An outbox of JSON files, one for each mail. */
import { link, mkdir, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, MailOutbox } from '../../../schemas/ports/index.ts';
import { createOutbox } from '../outbox.ts';

const RECORD = /^[0-9a-f]{64}\.json$/;

export function createFileOutbox(folder: string, clock: Clock): MailOutbox {
  let temporary = 0;
  return createOutbox(
    {
      async add(id, _sentAt, record) {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const draft = join(folder, `${id}.${process.pid}.${temporary++}.tmp`);
        await writeFile(draft, record, { mode: 0o600 });
        // A link is made whole or, where the name is taken, not at all.
        await link(draft, join(folder, `${id}.json`)).catch(ignore('EEXIST'));
        await unlink(draft);
      },
      get: id => readFile(join(folder, `${id}.json`), 'utf8').catch(ignore('ENOENT')),
      async newest(limit) {
        const names = (await readdir(folder).catch(ignore('ENOENT'))) ?? [];
        const files = names.filter(name => RECORD.test(name)).map(name => join(folder, name));
        const dated = await Promise.all(files.map(async file => ({ file, at: (await stat(file)).mtimeMs })));
        dated.sort((a, b) => b.at - a.at);
        return Promise.all(dated.slice(0, limit).map(({ file }) => readFile(file, 'utf8')));
      },
    },
    clock,
  );
}

function ignore(code: string): (error: unknown) => undefined {
  return error => {
    if ((error as NodeJS.ErrnoException).code !== code) throw error;
    return undefined;
  };
}
