/** What the middleware leave for the handlers. */
import type { Context } from 'hono';
import type { Actor } from '../../schemas/protocol/index.ts';
import type { StaffSession } from '../auth/sessions.ts';

export interface AppEnv {
  Variables: {
    requestId: string;
    /** Set by the data plane's authentication. */
    actor: Actor;
    /** Set on cookie routes that ask for a signed-in user. */
    session: StaffSession;
  };
}

export type AppContext = Context<AppEnv>;
