/** What the desk hands to the inbox, and what the chat's actions answer there. */
import type { ManifestJson } from '../../../schemas/module/manifest.ts';

export interface ModuleAddress {
  readonly module: string;
  readonly version: number;
}

export interface ScreenApi {
  /** `intent` is the same for every try of one wish. */
  action<T>(at: ModuleAddress, name: string, input: unknown, intent: string): Promise<T>;
  list<T>(
    at: ModuleAddress & { readonly entity: string },
    query: { readonly sort?: string; readonly size?: number },
  ): Promise<{ readonly data: readonly T[] }>;
}

export interface ScreenClient {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
}

export type Status = 'open' | 'snoozed' | 'resolved';
export type Priority = 'low' | 'medium' | 'high' | 'urgent';
export const priorities: readonly Priority[] = ['low', 'medium', 'high', 'urgent'];

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Conversation {
  readonly id: string;
  readonly number: string;
  readonly status: Status;
  readonly visitor: { readonly name?: string | null; readonly email?: string | null };
  readonly last: { readonly text: string; readonly at: string; readonly kind: string };
  readonly unread: number;
  readonly assignee?: Person | null;
  /** Since the first message that nobody has answered. */
  readonly waitingSince?: string | null;
  readonly dueAt?: string | null;
  readonly snoozedUntil?: string | null;
  readonly rating?: number | null;
  readonly priority: Priority;
  readonly labels: readonly string[];
  readonly blocked?: boolean;
}

export interface Counts {
  readonly open: number;
  readonly mine: number;
  readonly unassigned: number;
  readonly snoozed: number;
}

export interface InboxPage {
  readonly conversations: readonly Conversation[];
  readonly counts: Counts;
  readonly next?: string | null;
}

export interface Message {
  readonly seq: number;
  readonly clientId?: string | null;
  readonly kind: 'visitor' | 'agent' | 'activity' | 'note';
  readonly text: string;
  readonly at: string;
  readonly author?: { readonly name: string } | null;
}

export interface Opened {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** There are earlier ones. */
  readonly more?: boolean;
  /** Highest place that the visitor has seen. */
  readonly seen?: number;
  readonly typing?: boolean;
  readonly visitor: {
    readonly page?: { readonly url: string; readonly title?: string | null } | null;
    readonly locale?: string | null;
    readonly zone?: string | null;
    readonly past: readonly { readonly id: string; readonly number: string; readonly at: string }[];
  };
}

export interface Canned {
  readonly id: string;
  readonly shortcut: string;
  readonly text: string;
}

export const chatAddress = (manifest: ManifestJson): ModuleAddress => ({
  module: 'chat',
  version: Number.parseInt(manifest.version, 10),
});

/** What went wrong, as the desk's problems and a browser's errors have it. */
export interface Problem {
  readonly code?: string;
  readonly message?: string;
}
