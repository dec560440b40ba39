/** A running host with the demo agency in it, made through the API: two clients, their sites, services and keys. */
import { ApiClient } from '../../edge/demo/api-client.ts';
import { type Demo, seedDemo } from '../../edge/demo/seed.ts';
import { startHost, type TestHost, type TestHostOptions } from '../integration/host.ts';

export interface DemoWorld {
  readonly host: TestHost;
  readonly demo: Demo;
  /** Signed in as the agency's owner. */
  readonly api: ApiClient;
  readonly salon: DemoClient;
  readonly dental: DemoClient;
}

/** One client, reached with its API key. */
export interface DemoClient {
  readonly key: string;
  readonly siteKey: string;
  call(path: string, options?: CallOptions): Promise<Response>;
  /** The reply's `data`; throws on an error. */
  data<T = Record<string, unknown>>(path: string, options?: CallOptions): Promise<T>;
  action<T = Record<string, unknown>>(name: string, input: unknown): Promise<T>;
  /** Free times of the service in the next `days` days. */
  slots(service: string, days?: number): Promise<string[]>;
}

export interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const embedOrigin = 'http://shop.example.test:8788';

export async function startDemoWorld(options: TestHostOptions = {}): Promise<DemoWorld> {
  const host = await startHost(options);
  const api = new ApiClient(request => fetch(request), host.url);
  // http is for localhost alone, so the demo's page stands at an https origin here.
  const demo = await seedDemo(api, embedOrigin.replace('http:', 'https:'), Date.now());
  const client = (index: number) => demoClient(host.url, demo.apiKeys[index]!.key, demo.sites[index]!.siteKey);
  return { host, demo, api, salon: client(0), dental: client(1) };
}

export function demoClient(url: string, key: string, siteKey: string): DemoClient {
  const call = (path: string, { method, body, headers }: CallOptions = {}) =>
    fetch(`${url}/api/m/${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const data = async <T>(path: string, options?: CallOptions): Promise<T> => {
    const response = await call(path, options);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return (JSON.parse(text) as { data: T }).data;
  };
  const action = <T>(name: string, input: unknown) => data<T>(`booking/v1/actions/${name}`, { body: input });
  return {
    key,
    siteKey,
    call,
    data,
    action,
    async slots(service, days = 14) {
      const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
      const input = { service, from: day(1), to: day(1 + days), zone: 'Europe/Prague' };
      const { days: found } = await action<{ days: { slots: string[] }[] }>('availability', input);
      return found.flatMap(entry => entry.slots);
    },
  };
}
