/** What is asked of the floor and of the product, and what share of the floor the product must reach. */
import type { Step } from '../load/job.ts';
import type { Seeded, SeededClient } from './seed.ts';

export interface Scenario {
  readonly name: string;
  readonly floor: readonly Step[];
  readonly product: readonly Step[];
  readonly vary: Readonly<Record<string, readonly string[]>>;
  /** Ratio of operations a second; none where there is nothing to compare with yet. */
  readonly target?: number;
}

const authorization = 'Bearer {key}';

export function scenarios(seeded: Seeded): Scenario[] {
  const { quiet, busy, written, booked } = seeded;
  const get = (path: string): Step => ({ method: 'GET', path, status: 200 });
  const read = (path: string): Step => ({ ...get(path), headers: { authorization } });
  const post = (path: string, body: object, status = 200): Step => ({
    method: 'POST',
    path,
    body: JSON.stringify(body),
    status,
  });
  const write = (path: string, body: object, status = 200, key = path): Step => ({
    ...post(path, body, status),
    headers: { authorization, 'idempotency-key': `${key}-{n}` },
  });
  const month = (name: 'quiet' | 'busy', client: SeededClient): Pick<Scenario, 'floor' | 'product' | 'vary'> => {
    const query = { service: client.service, ...seeded.month, zone: 'Europe/Prague' };
    const action = '/api/m/booking/v1/actions/availability';
    return {
      floor: [post(`/availability/${name}`, query)],
      product: [{ ...post(action, query), headers: { authorization } }],
      vary: { key: client.keys },
    };
  };
  const person = { name: 'Customer {n}', email: 'customer-{n}@bench.example' };
  const slot = { service: booked.service, staff: '{staff}', start: '{start}' };
  const customer = { hold: '{kept}', ...person, zone: 'Europe/Prague' };
  return [
    { name: 'health', floor: [get('/text')], product: [get('/healthz')], vary: {} },
    {
      name: 'embed manifest',
      target: 0.6,
      floor: [get('/script')],
      product: [get(`/embed/${quiet.siteKey}.js`)],
      vary: {},
    },
    {
      name: 'one row',
      target: 0.7,
      floor: [get(`/row/${quiet.service}`)],
      product: [read(`/api/m/booking/v1/service/${quiet.service}`)],
      vary: { key: quiet.keys },
    },
    {
      name: 'page of 25',
      target: 0.7,
      floor: [get('/page')],
      product: [read('/api/m/booking/v1/service')],
      vary: { key: quiet.keys },
    },
    {
      name: 'write',
      target: 0.5,
      floor: [post('/person', person, 201)],
      product: [write('/api/m/party/v1/person', person, 201, 'person')],
      vary: { key: written.keys },
    },
    { name: 'month, 1 staff', ...month('quiet', quiet) },
    { name: 'month, 20 staff, 2,000 bookings', ...month('busy', busy) },
    {
      name: 'hold + confirm',
      floor: [{ ...post('/hold', slot), keep: 'hold' }, post('/confirm', customer)],
      product: [
        { ...write('/api/m/booking/v1/actions/hold', slot, 200, 'hold'), keep: 'hold' },
        write('/api/m/booking/v1/actions/confirm', customer, 200, 'confirm'),
      ],
      vary: { key: booked.keys, ...booked.free },
    },
  ];
}
