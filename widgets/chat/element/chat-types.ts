/** What the chat module says to its widget: the replies of its actions. */

export type Ask = 'off' | 'optional' | 'required';

export interface Hello {
  readonly business: { readonly name: string };
  readonly greeting?: string | null;
  /** Within the hours in which somebody answers. */
  readonly online: boolean;
  /** When somebody will be there, where nobody is. */
  readonly opensAt?: string | null;
  readonly asks: { readonly name: Ask; readonly email: Ask };
  /** Median of recent first replies. */
  readonly replyMinutes?: number | null;
}

export interface Message {
  /** Place in the conversation; there are gaps, where visitors may not look. */
  readonly seq: number;
  readonly clientId?: string | null;
  readonly kind: 'visitor' | 'agent' | 'activity';
  readonly text: string;
  readonly at: string;
  readonly author?: { readonly name: string } | null;
}

export type Status = 'open' | 'snoozed' | 'resolved';

export interface Started {
  /** 128 bits that open the conversation. */
  readonly token: string;
  readonly conversation: { readonly id: string; readonly number: string; readonly status: Status };
  readonly message: Message;
}

export interface Sent {
  readonly message: Message;
  readonly status: Status;
}

export interface Since {
  readonly messages: readonly Message[];
  /** There is another page. */
  readonly more: boolean;
  readonly status: Status;
  readonly agent?: { readonly name: string } | null;
  /** Highest place that somebody at the desk has seen. */
  readonly seen: number;
  readonly typing: boolean;
  readonly rating?: number | null;
  readonly canRate: boolean;
}
