/** A chat in whatever place, look and language: what it asks, then a user who is known with all that a conversation can show. */
import { refuse } from './answers.ts';
import { type Desk, says } from './chat-desk.ts';
import { days } from './chat-talk-stops.ts';
import type { Place, Stop } from './walk.ts';

const writing = (place: Place) => place.locator('.composer textarea');

/** From the panel to a user whom the website vouches for by then, and a rating that is refused. */
export const anywhere = (desk: Desk, vouch: () => Promise<unknown>): readonly Stop[] => [
  {
    name: 'no address',
    focus: /^input email/,
    async go(place) {
      await writing(place).fill('Friday?');
      await writing(place).press('Enter');
      await place.locator('.card .go').press('Enter');
      await place.locator('[aria-invalid=true]').waitFor();
    },
  },
  {
    name: 'known by then',
    focus: /^div /,
    async go(place) {
      desk.says = [...days, says(9_001, 'Until then!', 'Jakub Marek')];
      desk.now = { seen: 9_000, typing: true, canRate: true, agent: { name: 'Jakub Marek' } };
      await vouch();
      await place.getByText('Until then!').waitFor();
      // What had waited for an address has gone out.
      await place.locator('.group.visitor').getByText('Friday?').waitFor();
      await place.locator('.number').filter({ hasText: /·/ }).last().waitFor();
    },
  },
  {
    name: 'rating refused',
    focus: /^button /,
    async go(place) {
      desk.answers['rate'] = refuse('RATE_LIMITED', [], 429);
      await place.locator('.stars input').nth(3).press('Space');
      await place.locator('.card .go').press('Enter');
      await place.getByRole('alert').waitFor();
    },
  },
];
