/** Finds a person by e-mail, else by phone, or makes one; PA-01's match keys. */
import type { ActionHandler, DraftOf, RowOf } from '../../../schemas/module/index.ts';
import type { party } from '../module.ts';
import { phoneNumber } from './phone-number.ts';

type Person = RowOf<typeof party, 'person'>;
type Facts = DraftOf<typeof party, 'person'>;

const details = ['name', 'email', 'phone', 'zone', 'locale'] as const;

/** What the person's record lacks and the facts have. */
const blanks = (person: Person, facts: Facts): Partial<Facts> =>
  Object.fromEntries(details.filter(key => !person[key] && facts[key]).map(key => [key, facts[key]]));

export const identify: ActionHandler<typeof party, 'identify'> = async (input, ctx) => {
  const { person: people } = ctx.asSystem();
  const email = input.email || null;
  const phone = input.phone ? phoneNumber(input.phone, ctx.client.zone) : null;
  const facts = { name: input.name, email, phone, zone: input.zone ?? null, locale: input.locale ?? null };
  const [byEmail, byPhone] = await Promise.all([
    email ? people.first({ email: { eq: email } }) : undefined,
    phone ? people.list({ where: { phone: { eq: phone } }, sort: ['createdAt'], limit: 20 }) : [],
  ]);
  // A family shares a phone: another e-mail means another person.
  const known = byEmail ?? byPhone.find(person => !person.email || !email);
  if (!known) return { person: people.create(facts).id, created: true };
  const missing = blanks(known, facts);
  if (Object.keys(missing).length > 0) people.update(known.id, missing);
  return { person: known.id, created: false };
};
