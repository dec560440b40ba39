/** A running host with a client whose site has the contact form, and a service beside it that its visitors may prove themselves to. */
import { ApiClient } from '../../edge/demo/api-client.ts';
import { search } from '../../schemas/proof-of-work/index.ts';
import type { CaptchaChallenge, TurnstileChallenge } from '../../schemas/protocol/captcha.ts';
import type { Client, EmbedSession, Site, SiteCaptcha, Snippet } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { secretKey, serviceKey, startTurnstileServer, type TurnstileServer } from './turnstile-server.ts';

export const pageOrigin = 'https://contact.example.test';
export const owner = { email: 'owner@contact.example', password: 'correct horse battery' };

export interface ContactWorld {
  readonly host: TestHost;
  readonly service: TurnstileServer;
  /** Signed in as the agency's owner. */
  readonly api: ApiClient;
  readonly client: Client;
  readonly site: Site;
  readonly snippet: Snippet;
  /** Has the site ask for tokens, or for work again. */
  choose(provider: SiteCaptcha['provider']): Promise<void>;
  enquiries(): Promise<{ readonly name: string }[]>;
  /** A visitor's page with its session. */
  visit(): Promise<Visitor>;
  stop(): Promise<void>;
}

export interface Visitor {
  challenge(body?: object): Promise<CaptchaChallenge>;
  /** Submits the form with a proof, or without; hands back status and code. */
  send(name: string, proof?: string): Promise<string>;
}

const submission = (name: string) => ({
  values: { name, email: 'eva@mail.example', topic: 'question', message: 'Hello', consent: true },
  took: 5_000,
});

export async function startContactWorld(): Promise<ContactWorld> {
  const service = await startTurnstileServer();
  const host = await startHost({ env: { TURNSTILE_URL: service.url } });
  const api = new ApiClient(request => fetch(request), host.url);
  await api.send('/api/signup', { body: { agencyName: 'Studio', name: 'Olga', ...owner } });
  const client = await api.send<Client>('/api/clients', { body: { name: 'Salon', zone: 'Europe/Prague' } });
  await api.send(`/api/clients/${client.id}/installations`, { body: { module: 'contact' } });
  const site = await api.send<Site>(`/api/clients/${client.id}/sites`, { body: { name: 'Website' } });
  await api.send(`/api/sites/${site.id}/origins`, { body: { origin: pageOrigin } });
  await api.send(`/api/sites/${site.id}/modules/contact`, { method: 'PUT', body: { enabled: true } });
  return {
    host,
    service,
    api,
    client,
    site,
    snippet: await api.get<Snippet>(`/api/sites/${site.id}/snippet`),
    async choose(provider) {
      const body = provider === 'work' ? { provider } : { provider, serviceKey, secret: secretKey };
      await api.send(`/api/sites/${site.id}/captcha`, { method: 'PUT', body });
    },
    enquiries: async () => api.get('/api/m/contact/v1/enquiry', await api.clientToken(client.id)),
    async visit() {
      const session = await fetch(`${host.url}/embed/${site.siteKey}/session?m=contact`, {
        headers: { origin: pageOrigin },
      });
      const { token } = (await session.json()) as EmbedSession;
      const post = (path: string, body: unknown, more: Readonly<Record<string, string>> = {}) =>
        fetch(`${host.url}/api/m/contact/v1/${path}`, {
          method: 'POST',
          headers: {
            origin: pageOrigin,
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            ...more,
          },
          body: JSON.stringify(body),
        });
      return {
        async challenge(body = {}) {
          const reply = await post('actions/send/challenge', body);
          if (!reply.ok) throw new Error(`challenge: ${reply.status} ${await reply.text()}`);
          return ((await reply.json()) as { data: CaptchaChallenge }).data;
        },
        async send(name, proof) {
          const reply = await post('widgets/contact/submit', submission(name), proof ? { 'inlay-proof': proof } : {});
          const { code = '' } = (await reply.json()) as { code?: string };
          return `${reply.status} ${code}`.trim();
        },
      };
    },
    async stop() {
      await host.stop();
      await service.close();
    },
  };
}

/** What the service's script would have given to the page. */
export const proved = ({ host, service }: ContactWorld, { challenge, action, seed }: TurnstileChallenge): string =>
  `${challenge}~${service.token({ hostname: new URL(host.url).hostname, action, cdata: seed })}`;

/** Solves the puzzles of a challenge. */
export function solved(challenge: CaptchaChallenge): string {
  if (challenge.kind !== 'work') throw new Error('There is nothing to solve.');
  const steps = search(challenge);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return `${challenge.challenge}~${step.value}`;
}
