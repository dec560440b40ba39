/** Reads HTTP/1.1 replies off a socket with as little work as possible: status, length, body. */

export interface Reply {
  readonly status: number;
  readonly body: string;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = Buffer.from('\r\n0\r\n\r\n');

/** Takes what a socket gives; `take` hands back a reply once it is whole. One request is under way at a time. */
export class ReplyReader {
  #bytes: Buffer | undefined;

  /** `withBody` false leaves the body unread. */
  take(chunk: Buffer, withBody: boolean): Reply | undefined {
    const bytes = this.#bytes === undefined ? chunk : Buffer.concat([this.#bytes, chunk]);
    const head = bytes.indexOf(HEAD_END);
    const end = head < 0 ? undefined : endOf(bytes, head);
    if (end === undefined || bytes.length < end) {
      this.#bytes = bytes;
      return undefined;
    }
    this.#bytes = undefined;
    const status = Number(bytes.toString('latin1', 9, 12));
    return { status, body: withBody || status >= 400 ? bytes.toString('utf8', head + HEAD_END.length, end) : '' };
  }
}

function endOf(bytes: Buffer, head: number): number | undefined {
  const fields = bytes.toString('latin1', 0, head).toLowerCase();
  const at = fields.indexOf('\r\ncontent-length:');
  if (at >= 0) return head + HEAD_END.length + Number.parseInt(fields.slice(at + 17), 10);
  if (!fields.includes('\r\ntransfer-encoding: chunked')) return head + HEAD_END.length;
  const last = bytes.indexOf(CHUNKS_END, head);
  return last < 0 ? undefined : last + CHUNKS_END.length;
}
