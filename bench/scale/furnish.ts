/** Installations with any number of clients: one is made through the API, the others have copies of its rows and of its store's file. */
import { constants, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { uuidv7 } from 'uuidv7';
import { newApiKey } from '../../edge/auth/api-keys.ts';
import { shortId } from '../../edge/control/short-id.ts';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { ApiKey, Client, Site } from '../../schemas/protocol/index.ts';
import { startProduct, storesOf } from '../server/product.ts';

/** Whom the bench signs in as. */
export const owner = { email: 'scale@bench.example', password: 'a bench needs no secrets' };

export interface Template {
  readonly folder: string;
  readonly clientId: string;
  readonly store: string;
  /** A record that every store has. */
  readonly service: string;
  remove(): void;
}

/** A client as the bench calls it. */
export interface FurnishedClient {
  readonly id: string;
  /** Name of its database. */
  readonly store: string;
  readonly keys: readonly string[];
}

export interface Furnished {
  readonly folder: string;
  readonly clients: readonly FurnishedClient[];
}

type Driver = InstanceType<typeof Libsql>;
type Row = Readonly<Record<string, string | number | null>>;

/** Keys over all clients together, so that few clients do not meet the limit of each key. */
const FEWEST_KEYS = 400;
/** A sweep looks into this many stores a minute that nobody has looked into for an hour. */
const PATROLLED = 100;
const MINUTE = 60_000;

/** One client with a schedule, staff and services, made as anybody would; the server has ended. */
export async function makeTemplate(): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-scale-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const data = join(folder, 'template');
  const product = await startProduct(data);
  const api = new ApiClient(request => fetch(request), product.url);
  await api.send('/api/signup', { body: { agencyName: 'Scale', name: 'Scale', ...owner } });
  const client = await api.send<Client>('/api/clients', { body: { name: 'Client', zone: 'Europe/Prague' } });
  const site = await api.send<Site>(`/api/clients/${client.id}/sites`, { body: { name: 'Site' } });
  await api.send(`/api/sites/${site.id}/origins`, { body: { origin: 'https://shop.bench.example' } });
  await api.send(`/api/clients/${client.id}/installations`, { body: { module: 'booking' } });
  await api.send(`/api/sites/${site.id}/modules/booking`, { method: 'PUT', body: { enabled: true } });
  const { key } = await api.send<ApiKey>(`/api/clients/${client.id}/keys`, { body: { name: 'K', scopes: ['*'] } });
  const create = async (path: string, body: object) =>
    (await api.send<{ id: string }>(`/api/m/${path}`, { token: key!, body })).id;
  const windows = [{ days: [1, 2, 3, 4, 5], start: '08:00', end: '18:00' }];
  const schedule = await create('calendar/v1/schedule', { name: 'Hours', zone: 'Europe/Prague', windows });
  for (let n = 0; n < 3; n++) await create('calendar/v1/resource', { name: `Person ${n}`, title: 'Stylist', schedule });
  let service = '';
  for (let position = 0; position < 10; position++) {
    const price = { amount: 89_000 + position, currency: 'CZK' };
    const body = { name: `Service ${position}`, slug: `s-${position}`, durations: [45], slotStep: 15, price, position };
    service = await create('booking/v1/service', body);
  }
  await product.stop();
  const store = storesOf(data).get(client.id)!;
  const file = new Libsql(store);
  // Each client's trail is signed with a key of its own, which a copy's would not be.
  file.exec('DELETE FROM "_audit"');
  file.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  file.close();
  return { folder, clientId: client.id, store, service, remove };
}

/** Puts `count` clients into a folder of their own. */
export function furnish(template: Template, count: number): Furnished {
  const folder = join(template.folder, `${count}`);
  mkdirSync(join(folder, 'stores'), { recursive: true });
  copyFileSync(join(template.folder, 'template/secret.key'), join(folder, 'secret.key'));
  const control = join(folder, 'stores/control.db');
  copyFileSync(join(template.folder, 'template/stores/control.db'), control);
  const db = new Libsql(control);
  db.exec('BEGIN');
  const copy = copier(db, template.clientId);
  const now = Date.now();
  const keysOfEach = Math.ceil(FEWEST_KEYS / count);
  const clients = Array.from({ length: count }, (_, index) => {
    const client = copy(keysOfEach, now - (index / count) * Math.max(60, count / PATROLLED) * MINUTE);
    copyFileSync(template.store, join(folder, `stores/${client.store}.db`), constants.COPYFILE_FICLONE);
    return client;
  });
  db.exec('COMMIT');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return { folder, clients };
}

/** Copies everything that the control plane knows of one client, under ids of its own. */
function copier(db: Driver, clientId: string): (keys: number, lookedAt: number) => FurnishedClient {
  const rows = (sql: string, ...args: string[]) => db.prepare(sql).all(args) as Row[];
  const of = (table: string) => rows(`SELECT * FROM ${table} WHERE client_id = ?`, clientId);
  const client = rows('SELECT * FROM client WHERE id = ?', clientId)[0]!;
  const [site, store, key] = [of('site')[0]!, of('store')[0]!, of('api_key')[0]!];
  const installations = of('installation');
  const ofSite = (table: string) => rows(`SELECT * FROM ${table} WHERE site_id = ?`, String(site['id']));
  const [origins, siteModules, versions] = [
    ofSite('site_origin'),
    ofSite('site_module'),
    rows('SELECT * FROM store_version WHERE store = ?', String(store['name'])),
  ];
  const prepared = new Map<string, ReturnType<Driver['prepare']>>();
  const insert = (table: string, row: Row) => {
    const columns = Object.keys(row);
    const statement =
      prepared.get(table) ??
      db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    prepared.set(table, statement);
    statement.run(Object.values(row));
  };
  return (keys, lookedAt) => {
    const [id, siteId, name] = [uuidv7(), uuidv7(), `c-${shortId(16)}`];
    insert('client', { ...client, id });
    insert('site', { ...site, id: siteId, client_id: id, site_key: `site_${shortId(16)}` });
    const times = { next_due_at: null, looked_at: Math.round(lookedAt) };
    insert('store', { ...store, ...times, id: uuidv7(), client_id: id, name });
    for (const row of installations) insert('installation', { ...row, client_id: id });
    for (const row of origins) insert('site_origin', { ...row, id: uuidv7(), site_id: siteId });
    for (const row of siteModules) insert('site_module', { ...row, site_id: siteId });
    for (const row of versions) insert('store_version', { ...row, store: name });
    const made = Array.from({ length: keys }, () => newApiKey());
    for (const { prefix, keyHash } of made)
      insert('api_key', { ...key, id: uuidv7(), client_id: id, prefix, key_hash: keyHash });
    return { id, store: name, keys: made.map(entry => entry.key) };
  };
}
