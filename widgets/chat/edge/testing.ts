/** A business with a chat to test: visitors, colleagues, a clock, on the engine's own test bench. */
import type { TestContext } from 'node:test';
import { proofFor } from '../../../edge/captcha/testing.ts';
import { createTestEngine, type TestEngine } from '../../../edge/engine/testing.ts';
import { stagger } from '../../../edge/engine/testing-stagger.ts';
import type { Actor } from '../../../schemas/protocol/index.ts';
import { chat } from '../module.ts';
import { chatCode } from './index.ts';

export interface MessageJson {
  readonly seq: number;
  readonly clientId: string | null;
  readonly kind: 'visitor' | 'agent' | 'activity' | 'note';
  readonly text: string;
  readonly at: string;
  readonly author: { readonly name: string } | null;
}

export interface Started {
  readonly token: string;
  readonly conversation: { readonly id: string; readonly number: string; readonly status: string };
  readonly message: MessageJson;
}

export interface SinceJson {
  readonly messages: readonly MessageJson[];
  readonly more: boolean;
  readonly status: string;
  readonly agent: { readonly name: string } | null;
  readonly seen: number;
  readonly typing: boolean;
  readonly rating: number | null;
  readonly canRate: boolean;
}

export interface ConversationJson {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly visitor: { readonly name: string | null; readonly email: string | null };
  readonly last: { readonly text: string; readonly at: string; readonly kind: string };
  readonly unread: number;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly waitingSince: string | null;
  readonly dueAt: string | null;
  readonly snoozedUntil: string | null;
  readonly priority: string;
  readonly labels: readonly string[];
}

export interface InboxJson {
  readonly conversations: readonly ConversationJson[];
  readonly counts: {
    readonly open: number;
    readonly mine: number;
    readonly unassigned: number;
    readonly snoozed: number;
  };
  readonly next: string | null;
}

export interface OpenJson {
  readonly conversation: ConversationJson;
  readonly messages: readonly MessageJson[];
  readonly more: boolean;
  readonly seen: number;
  readonly typing: boolean;
  readonly visitor: {
    readonly page: { readonly url: string; readonly title: string | null } | null;
    readonly past: readonly { readonly id: string; readonly number: string }[];
  };
}

export interface ChatWorld {
  readonly engine: TestEngine;
  /** Calls an action as a visitor. */
  ask<T = Record<string, unknown>>(action: string, input: unknown): Promise<T>;
  /** Begins a conversation as a visitor. */
  start(input?: object): Promise<Started>;
  send(token: string, clientId: string, text?: string): Promise<{ message: MessageJson; status: string }>;
  since(token: string, seq?: number): Promise<SinceJson>;
  /** Somebody at the desk by name, who calls actions. */
  colleague(name: string, role?: 'admin' | 'staff'): Colleague;
  at(instant: string): void;
}

export interface Colleague {
  <T = Record<string, unknown>>(action: string, input: unknown): Promise<T>;
  /** What they see of one conversation. */
  see(conversation: string): Promise<OpenJson>;
}

export interface ChatOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly now?: string;
  readonly zone?: string;
}

/** Closed when the test ends. */
export async function openChat(t: TestContext, options: ChatOptions = {}): Promise<ChatWorld> {
  const { settings = {}, now = '2026-04-10T09:00:00Z', zone = 'Europe/Prague' } = options;
  const engine = createTestEngine({ modules: [{ module: chat, code: chatCode, settings }], now, zone });
  t.after(() => engine.close());
  await stagger(engine);
  const { visitor, staff, admin } = engine.actors;
  const as =
    (actor: Actor) =>
    <T>(action: string, input: unknown) =>
      engine.call<T>(actor, 'chat', action, input, {
        ...(action === 'start' ? { proof: proofFor(engine, 'chat', 'start') } : {}),
      });
  const ask = as(visitor);
  let started = 0;
  return {
    engine,
    ask,
    start: input => ask('start', { clientId: `first-${started++}`, text: 'Hello?', ...input }),
    send: (token, clientId, text = clientId) => ask('send', { token, clientId, text }),
    since: (token, seq = 0) => ask('since', { token, seq }),
    colleague(name, role = 'staff') {
      const call = as({ ...(role === 'admin' ? admin : staff), id: `user-${name}`, name });
      return Object.assign(call, { see: (id: string) => call<OpenJson>('open', { conversation: id }) });
    },
    at(instant) {
      engine.now = Date.parse(instant);
    },
  };
}

export const textsOf = ({ messages }: { readonly messages: readonly MessageJson[] }): string[] =>
  messages.map(({ text }) => text);
