/** A chat server in memory, for the tests of the widget: one conversation, a place for each message, each clientId once. */
import type { Client, ClientError, Result } from '../../../embed-sdk/types.ts';
import { pageNow } from '../../kit/page-clock.ts';
import { locales } from '../locales/index.ts';
import type { Hello, Message, Since, Status } from './chat-types.ts';

export const hello: Hello = {
  business: { name: 'Rosas Salon' },
  online: true,
  asks: { name: 'off', email: 'off' },
  replyMinutes: 4,
};

export interface FakeOptions {
  readonly locale?: keyof typeof locales;
  readonly hello?: Partial<Hello>;
}

export interface FakeClient extends Client {
  /** What was called, in order. */
  readonly calls: { action: string; input: Record<string, unknown> }[];
  /** Errors by action; each is given once. */
  readonly failing: Record<string, ClientError | undefined>;
  /** What the server has. */
  readonly desk: {
    status: Status;
    seen: number;
    typing: boolean;
    canRate: boolean;
    agent?: string;
    messages: Message[];
  };
  /** Questions that were under way at the same time, at most. */
  readonly most: () => number;
  /** Writes as somebody at the desk. */
  say(text: string, kind?: Message['kind']): void;
  /** Holds answers of `since` back until the promise is done. */
  hold?: Promise<unknown> | undefined;
}

export const fakeClient = (options: FakeOptions = {}): FakeClient => {
  const { locale = 'en' } = options;
  const desk: FakeClient['desk'] = { status: 'open', seen: 0, typing: false, canRate: false, messages: [] };
  const tokens = new Set(['known']);
  let under = 0;
  let most = 0;
  const add = (kind: Message['kind'], text: string, clientId?: string): Message => {
    const seq = (desk.messages.at(-1)?.seq ?? 0) + 1;
    const author = kind === 'agent' ? { name: desk.agent ?? 'Ben' } : null;
    const message = { seq, kind, text, at: new Date(pageNow()).toISOString(), clientId: clientId ?? null, author };
    desk.messages.push(message);
    return message;
  };
  const put = ({ clientId, text }: Record<string, string>) => {
    desk.status = 'open';
    return desk.messages.find(message => message.clientId === clientId) ?? add('visitor', text!, clientId);
  };
  const actions: Record<string, (input: never) => unknown> = {
    start(input: Record<string, string>) {
      tokens.add('secret');
      return { token: 'secret', conversation: { id: 'c1', number: '12', status: 'open' }, message: put(input) };
    },
    send: (input: Record<string, string>) => ({ message: put(input), status: desk.status }),
    since: ({ seq }: { seq: number }): Since => {
      const rest = desk.messages.filter(message => message.seq > seq);
      const { status, seen, typing, canRate, agent } = desk;
      return {
        messages: rest.slice(0, 100),
        more: rest.length > 100,
        status,
        seen,
        typing,
        canRate,
        agent: agent ? { name: agent } : null,
      };
    },
    presence: () => ({}),
    rate: () => ({}),
    transcript: () => ({}),
    identify: () => {
      tokens.add('mine');
      return { token: 'mine' };
    },
  };
  const client: FakeClient = {
    calls: [],
    failing: {},
    desk,
    most: () => most,
    say: (text, kind = 'agent') => void add(kind, text),
    async open() {
      return {
        ok: true,
        value: { locale, strings: locales[locale].element, data: { ...hello, ...options.hello } },
      };
    },
    async call<T>(action: string, input: Record<string, unknown>): Promise<Result<T>> {
      client.calls.push({ action, input });
      const error = client.failing[action];
      delete client.failing[action];
      if (error) return { ok: false, error };
      if (action.endsWith('/challenge')) return { ok: false, error: { code: 'NOT_FOUND', message: '' } };
      const token = input['token'] as string | undefined;
      if (token && !tokens.has(token)) return { ok: false, error: { code: 'UNKNOWN_CONVERSATION', message: '' } };
      const value = actions[action]!(input as never) as T;
      if (action === 'since') {
        most = Math.max(most, ++under);
        await client.hold;
        under--;
      }
      return { ok: true, value };
    },
  };
  return client;
};
