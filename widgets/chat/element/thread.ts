/** The messages of a conversation in order: those that have arrived, and those that have not yet. */
import type { Message } from './chat-types.ts';

export interface Outgoing {
  readonly clientId: string;
  readonly text: string;
  readonly at: string;
  failed?: boolean;
}

export class Thread {
  /** By place. */
  messages: readonly Message[] = [];
  /** In the order in which they were written, and will be sent. */
  outbox: readonly Outgoing[] = [];
  /** Everything up to here is there, whatever was sent meanwhile. */
  cursor = 0;

  /** Takes messages in, each once, and hands back those that were not there. */
  merge(messages: readonly Message[]): readonly Message[] {
    const fresh = messages.filter(({ seq }) => !this.messages.some(known => known.seq === seq));
    const arrived = new Set(messages.map(({ clientId }) => clientId));
    this.messages = [...this.messages, ...fresh].sort((a, b) => a.seq - b.seq);
    this.outbox = this.outbox.filter(({ clientId }) => !arrived.has(clientId));
    return fresh;
  }

  /** A page of what came after the cursor. */
  advance(page: readonly Message[]): readonly Message[] {
    this.cursor = page.reduce((last, { seq }) => Math.max(last, seq), this.cursor);
    return this.merge(page);
  }

  /** Highest place of all that is there. */
  get last(): number {
    return this.messages.at(-1)?.seq ?? 0;
  }

  /** Messages of the desk after a place. */
  after(seq: number): number {
    return this.messages.filter(message => message.kind === 'agent' && message.seq > seq).length;
  }
}
