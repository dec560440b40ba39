/** An outbox of JSON files, one for each mail. */
import { link, mkdir, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock, MailOutbox } from '../../../schemas/ports/index.ts';
import { createOutbox } from '../outbox.ts';

const RECORD = /^[0-9a-f]{64}\.json$/;

export function createFileOutbox(folder: string, clock: Clock): MailOutbox {
  let temporary = 0;
  const recordFiles = async (): Promise<string[]> => {
    const names = (await readdir(folder).catch(ignore('ENOENT'))) ?? [];
    return names.filter(name => RECORD.test(name)).map(name => join(folder, name));
  };
  const draftOf = async (id: string, record: string): Promise<string> => {
    const draft = join(folder, `${id}.${process.pid}.${temporary++}.tmp`);
    await writeFile(draft, record, { mode: 0o600 });
    return draft;
  };
  return createOutbox(
    {
      async add(id, _sentAt, record) {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const draft = await draftOf(id, record);
        // A link is made whole or, where the name is taken, not at all.
        await link(draft, join(folder, `${id}.json`)).catch(ignore('EEXIST'));
        await unlink(draft);
      },
      get: id => readFile(join(folder, `${id}.json`), 'utf8').catch(ignore('ENOENT')),
      async newest(limit) {
        const files = await recordFiles();
        const dated = await Promise.all(files.map(async file => ({ file, at: (await stat(file)).mtimeMs })));
        dated.sort((a, b) => b.at - a.at);
        return Promise.all(dated.slice(0, limit).map(({ file }) => readFile(file, 'utf8')));
      },
      async rewrite(change) {
        let changed = 0;
        for (const file of await recordFiles()) {
          const next = change(await readFile(file, 'utf8'));
          if (next === undefined) continue;
          const { atime, mtime } = await stat(file);
          const draft = await draftOf(basename(file, '.json'), next);
          // The list goes by when a mail was sent.
          await utimes(draft, atime, mtime);
          await rename(draft, file);
          changed += 1;
        }
        return changed;
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
