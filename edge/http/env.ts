/** What reception and middleware leave for the handlers. */
import type { Context } from 'hono';
import type { Actor } from '../../schemas/protocol/index.ts';
import type { Reach } from '../account/scope.ts';
import type { StaffSession } from '../auth/sessions.ts';
import type { ReplyHead } from './reply-head.ts';

export interface AppEnv {
  Bindings: {
    /** What the reply will carry, and the request's id. */
    head: ReplyHead;
  };
  Variables: {
    /** Set by the data plane's authentication. */
    actor: Actor;
    /** Set on cookie routes that ask for a signed-in user. */
    session: StaffSession;
    /** Set where keys may ask beside people. */
    reach: Reach;
  };
}

export type AppContext = Context<AppEnv>;
