/** API keys: an end is chosen as a day of the client's zone, and warned of before it comes. */
import { same } from '../../embed-sdk/testing/assert.ts';
import type { ApiKey } from '../../schemas/protocol/index.ts';
import { addDays, dayBounds, toLocal } from '../../schemas/time/index.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';
import { serving } from '../testing/serving.ts';

const at = '/api/clients/c1/keys';
const zone = 'Europe/Prague';
const today = toLocal(Date.now(), zone).date;
/** The end of the day that is so many days from today. */
const endOf = (days: number): string => new Date(dayBounds(addDays(today, days), zone).end).toISOString();
const key = (name: string, expiresAt: string | null): ApiKey => ({
  ...{ id: name, name, prefix: 'inlay_sk_abcdef', scopes: ['*'], createdAt: '2026-01-01T00:00:00Z' },
  ...{ lastUsedAt: null, expiresAt },
});

describe('API keys with an end', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());
  const rowOf = async (name: string) => (await desk!.find('tr', name)).querySelector('[data-label="Good until"]')!;

  it('are shown with it, and warned of from 14 days before', async () => {
    const keys = [key('always', null), key('far', endOf(20)), key('near', endOf(9)), key('last', endOf(0))];
    desk = await openDesk('/clients/c1/keys', serving({ [`GET ${at}`]: [...keys, key('gone', endOf(-3))] }));
    same((await rowOf('always')).textContent, 'No end');
    same((await rowOf('far')).querySelector('.badge'), null);
    same((await rowOf('near')).querySelector('.badge')!.textContent, '9 days left');
    same((await rowOf('last')).querySelector('.badge')!.textContent, 'Ends today');
    same((await rowOf('gone')).querySelector('.badge')!.textContent, 'Ended');
    const day = new Date(`${addDays(today, 9)}T00:00Z`).getUTCDate();
    same(new RegExp(`\\b${day}\\b`).test((await rowOf('near')).textContent!), true);
    await desk.find('.notice', '2 keys end within 14 days');
    await desk.find('.notice', '1 key has ended');
    await desk.accessible();
  });

  it('are warned of where the client is', async () => {
    const keys = [key('near', endOf(3))];
    desk = await openDesk('/clients/c1', serving({ [`GET ${at}`]: keys, 'GET /api/clients/c1/sites': [] }));
    await desk.find('.notice', '1 key ends within 14 days');
    same((await desk.find('.notice a')).getAttribute('href'), '/clients/c1/keys');
    await desk.accessible();
  });

  it('are made with the last day on which they are good', async () => {
    const server = serving({ [`GET ${at}`]: [], [`POST ${at}`]: { ...key('Sync', endOf(5)), key: 'inlay_sk_x' } });
    desk = await openDesk('/clients/c1/keys', server);
    (await desk.find('.empty button')).click();
    await desk.type('[name=name]', 'Sync');
    same((await desk.find<HTMLInputElement>('[name=expiresAt]')).min, today);
    await desk.type('[name=expiresAt]', addDays(today, 5));
    await desk.accessible();
    (await desk.find('form button[type=submit]')).click();
    await desk.find('#fresh');
    same(server.writes, [`POST ${at} ${JSON.stringify({ name: 'Sync', scopes: ['*'], expiresAt: endOf(5) })}`]);
  });
});
