/** Writes a ZIP archive as it is read: one member after another, with nothing held but a chunk. */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface ZipMember {
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array>;
  /** Bytes that do not shrink are kept as they are. */
  readonly stored?: boolean;
}

/** ZIP without its 64-bit form (APPNOTE 4.4.1.4): members and archive stay below 4 GB. */
export async function* zipOf(members: AsyncIterable<ZipMember>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let failure: Error | undefined;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else if (chunk.byteLength > 0) ready.push(chunk);
  });
  const take = (): Uint8Array[] => {
    if (failure) throw failure;
    const taken = ready;
    ready = [];
    return taken;
  };
  for await (const { name, body, stored } of members) {
    const file = stored ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    zip.add(file);
    for await (const chunk of body) {
      file.push(new Uint8Array(chunk));
      yield* take();
    }
    file.push(new Uint8Array(0), true);
    yield* take();
  }
  zip.end();
  yield* take();
}
