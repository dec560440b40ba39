/** What becomes of a booking when the customer is done: confirmed at once, or asked of the desk. */
import type { Service } from './context.ts';

const confirmed = { status: 'confirmed', transition: 'book', event: 'confirmed' } as const;
const pending = { status: 'pending', transition: 'request', event: 'requested' } as const;

export const outcomeOf = ({ approval }: Service) => (approval === 'manual' ? pending : confirmed);
