/** The hours of the settings. */
import type { Hours } from './business-hours.ts';
import type { ChatContext } from './context.ts';

export const hoursOf = ({ settings, client }: ChatContext): Hours => ({
  zone: settings.zone ?? client.zone,
  windows: settings.hours,
});
