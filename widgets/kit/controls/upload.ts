/** Brings a visitor's file to the platform: reserves it for one input of one action, sends the bytes, completes it. */

import type { ClientError, EmbedContext, Result } from '../../../embed-sdk/types.ts';
import { pageNow } from '../page-clock.ts';

export interface UploadOptions {
  /** The input that the file is for, `module.action.input`. */
  readonly for: string;
  readonly signal: AbortSignal;
  /** Bytes that were sent, of all. */
  progress(sent: number, all: number): void;
}

/** A way for one file; called again after a break it goes on with what was reserved. */
export type Upload = (options: UploadOptions) => Promise<Result<string>>;

/** What a control needs to upload: makes the way of a file. Codes of its own: `ABORTED`, `OFFLINE`, `UNREACHABLE`. */
export type Uploader = (file: File) => Upload;

interface Reserved {
  readonly id: string;
  readonly upload: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly expiresAt: string;
  };
}

class Refused extends Error {
  readonly error: ClientError;
  constructor(error: ClientError) {
    super(error.code);
    this.error = error;
  }
}

const refusal = (body: unknown): Refused => {
  const {
    code = 'UNREACHABLE',
    detail,
    title,
    errors,
  } = Object(body) as Partial<ClientError> & { detail?: string; title?: string };
  return new Refused({ code, message: detail ?? title ?? '', errors });
};

/** `fetch` does not tell how far a body has come; this does. */
const put = (url: string, headers: Readonly<Record<string, string>>, file: File, { signal, progress }: UploadOptions) =>
  new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop);
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => progress(loaded, file.size);
    request.onloadend = () => {
      signal.removeEventListener('abort', stop);
      if (request.status >= 200 && request.status < 300) return resolve();
      let body: unknown;
      try {
        body = JSON.parse(request.responseText);
      } catch {}
      reject(refusal(body));
    };
    request.send(file);
  });

/** Uploads with the session of the widget that the control stands in. */
export const createUploader =
  ({ api, open }: Pick<EmbedContext, 'api' | 'open'>): Uploader =>
  file => {
    // One key for each file, so that a reservation whose reply was lost is not made twice.
    const key = crypto.getRandomValues(new Uint32Array(4)).join('-');
    let reserved: Reserved | undefined;
    let round = 0;
    let sent = false;
    return async options => {
      const post = async (path: string, body: unknown, step: string): Promise<Reserved> => {
        const session = open();
        const ask = async (token: string) =>
          fetch(`${api}/api/files${path}`, {
            method: 'POST',
            credentials: 'omit',
            signal: options.signal,
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/json',
              'idempotency-key': key + step,
            },
            body: JSON.stringify(body),
          });
        let reply = await ask((await session).token);
        let json = await reply.json();
        if (json.code === 'TOKEN_EXPIRED') {
          reply = await ask((await open(session)).token);
          json = await reply.json();
        }
        if (!reply.ok) throw refusal(json);
        return json.data;
      };
      try {
        options.signal.throwIfAborted();
        if (!reserved || (!sent && Date.parse(reserved.upload.expiresAt) < pageNow())) {
          const { name, size, type } = file;
          reserved = await post(
            '',
            { name, size, contentType: type || 'application/octet-stream', for: options.for },
            `-${round}`,
          );
          round++;
        }
        options.signal.throwIfAborted();
        if (!sent) await put(reserved.upload.url, reserved.upload.headers, file, options);
        sent = true;
        await post(`/${reserved.id}/complete`, {}, '-end');
        return { ok: true, value: reserved.id };
      } catch (error) {
        if (options.signal.aborted) return { ok: false, error: { code: 'ABORTED', message: '' } };
        if (error instanceof Refused) return { ok: false, error: error.error };
        return { ok: false, error: { code: navigator.onLine ? 'UNREACHABLE' : 'OFFLINE', message: `${error}` } };
      }
    };
  };
