/** Who answers: found by who calls, made when they first come to the desk. */
import { oneLine } from '../../../schemas/mail/index.ts';
import { type Agent, type ChatContext, MINUTE } from './context.ts';

/** Somebody who was not at the desk for longer is not there. */
const PRESENT = 2 * MINUTE;
/** How exact it is; each word of a colleague would be a write more otherwise. */
const NOTED_EVERY = 30_000;

export const isPresent = ({ seenAt, away }: Pick<Agent, 'seenAt' | 'away'>, now: number): boolean =>
  !away && seenAt > now - PRESENT;

/** Few: everybody at once is one read, and gives their names too. */
export const allAgents = (ctx: ChatContext): Promise<Agent[]> => ctx.asSystem().agent.list();

const userOf = ({ actor }: ChatContext): string => actor.id ?? actor.kind;

/** The caller among them, whom nobody knows before they have come to the desk. */
export const knownCaller = (ctx: ChatContext, agents: readonly Agent[]): Agent | undefined => {
  const user = userOf(ctx);
  return agents.find(row => row.user === user);
};

/** The caller among them, at the desk from now on. */
export const callerOf = (ctx: ChatContext, agents: readonly Agent[]): Agent => {
  const { agent } = ctx.asSystem();
  const known = knownCaller(ctx, agents);
  if (!known) {
    const user = userOf(ctx);
    const name = oneLine(ctx.actor.name ?? ctx.client.name).slice(0, 120) || user;
    return agent.create({ user, name, seenAt: ctx.now });
  }
  // One that is not awaited by anybody: no revision is named, and no trail is kept of it.
  if (known.seenAt < ctx.now - NOTED_EVERY) agent.updateWhere({ id: { eq: known.id } }, { seenAt: ctx.now });
  return known;
};
