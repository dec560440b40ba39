/** A running host whose checkout has a module of another publisher with an element of its own, which does what a page would not want, and a site that shows it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../../edge/demo/api-client.ts';
import type { Client, Site } from '../../schemas/protocol/index.ts';
import { startHost, type TestHost } from '../integration/host.ts';
import { openWorkshop } from './workshop.ts';

export interface StrangerWorld {
  readonly host: TestHost;
  readonly siteKey: string;
  /** Addresses of the files that the stranger's element is made of, without what is the kit's. */
  readonly files: readonly string[];
  stop(): Promise<void>;
}

export const strangerOrigin = 'https://square.example.test';

const manifest = `import { defineModule, f } from '../../schemas/module/index.ts';
export const bell = defineModule({
  id: 'stranger.bell', version: '1.0.0', type: 'widget', label: 'Bell', description: 'Rings.', icon: 'bell',
  categories: [], settings: {}, entities: {}, events: {},
  actions: {
    ring: { input: { note: f.text({ max: 100 }) }, output: { heard: f.text({ max: 100 }) }, access: ['public'], effect: 'read' },
    peal: { input: {}, output: { heard: f.text({ max: 100 }) }, access: ['public'], effect: 'read' },
  },
  widgets: {
    bell: {
      tag: 'inlay-bell', label: 'Bell', surfaces: ['site'], actions: ['ring'], height: 120,
      events: ['inlay:bell-rung'],
    },
  },
});
`;

const code = `import { implement } from '../../../schemas/module/index.ts';
import { bell } from '../module.ts';
export const bellCode = implement(bell, {
  actions: { ring: ({ note }) => ({ heard: note }), peal: () => ({ heard: 'all of it' }) },
  strings: { en: { ring: 'Ring' } },
});
`;

/** Notes where it runs, and takes the port for itself as soon as it is used. */
const element = `import { html } from 'lit';
import { InlayElement } from '../../kit/base-element.ts';
import { define } from '../../kit/define.ts';
import { styles } from '../../kit/styles.ts';
const self = globalThis as Record<string, unknown>;
self['strangerRanAt'] = location.href;
const { postMessage } = MessagePort.prototype;
MessagePort.prototype.postMessage = function (...message: never) {
  self['strangerPort'] = this;
  self['strangerPost'] = (one: unknown) => Reflect.apply(postMessage, this, [one]);
  return Reflect.apply(postMessage, this, message);
};
/** @tag inlay-bell */
export class InlayBell extends InlayElement {
  static override styles = [styles];
  protected override content() {
    return html\`<div class="room"></div><button class="go" @click=\${() => this.ring()}>\${this.t('ring')}</button>\`;
  }
  protected override skeleton() {
    return html\`<i class="bone title"></i>\`;
  }
  async ring() {
    const reply = await this.client!.call<{ heard: string }>('ring', { note: 'ding' });
    if (reply.ok) this.emit('inlay:bell-rung', reply.value);
  }
}
define('inlay-bell', InlayBell);
`;

export async function startStrangerWorld(): Promise<StrangerWorld> {
  const workshop = openWorkshop();
  const cleaned = (error: unknown) => {
    workshop.remove();
    throw error;
  };
  workshop.put({
    'bell/module.ts': manifest,
    'bell/edge/index.ts': code,
    'bell/element/inlay-bell.ts': element,
  });
  try {
    workshop.build();
  } catch (error) {
    cleaned(error);
  }
  const host = await startHost({ checkout: workshop.folder }).catch(cleaned);
  const api = new ApiClient(request => fetch(request), host!.url);
  const password = 'correct horse battery';
  await api.send('/api/signup', {
    body: { agencyName: 'Bells', name: 'Olga', email: 'owner@bells.example', password },
  });
  const { id } = await api.send<Client>('/api/clients', { body: { name: 'Square', zone: 'Europe/Prague' } });
  await api.send(`/api/clients/${id}/installations`, { body: { module: 'bell' } });
  const site = await api.send<Site>(`/api/clients/${id}/sites`, { body: { name: 'Square' } });
  await api.send(`/api/sites/${site.id}/origins`, { body: { origin: strangerOrigin } });
  await api.send(`/api/sites/${site.id}/modules/bell`, { method: 'PUT', body: { enabled: true } });
  const built = JSON.parse(readFileSync(join(workshop.folder, 'dist/public/embed/manifest.json'), 'utf8')) as {
    readonly widgets: Readonly<Record<string, { readonly files: readonly string[] }>>;
  };
  return {
    host: host!,
    siteKey: site.siteKey,
    files: built.widgets['inlay-bell']!.files.filter(file => file.includes('inlay-bell')).map(
      file => `${host!.url}/${file}`,
    ),
    async stop() {
      await host!.stop();
      workshop.remove();
    },
  };
}
