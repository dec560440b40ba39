/** The app, the same on both hosts: ports and configuration in, a fetch handler out. */
import { Hono } from 'hono';
import type { Ports } from '../schemas/ports/index.ts';
import type { Config } from './config.ts';

export interface AppOptions {
  readonly ports: Ports;
  readonly config: Config;
}

export function createApp({ config }: AppOptions): Hono {
  const app = new Hono();
  app.get('/healthz', c => c.json({ status: 'ok', version: config.version, host: config.host }));
  return app;
}
