/** Icons: 1.5 px strokes on a 20 px grid. */
import { html, svg, type TemplateResult } from 'lit';

const paths = {
  chart: 'M3.5 16.5h13M5.5 13.5v-3M10 13.5v-8M14.5 13.5v-5.500',
  home: 'M3 9.5 10 4l7 5.5M5 8v8.5h10V8',
  people:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 16.5c0-2.8 2-4.5 5-4.5s5 1.7 5 4.5M13 3.8a3 3 0 0 1 0 5.4M14.5 12.3c1.9.5 3 2 3 4.2',
  person: 'M10 9.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM4 17c0-3 2.4-5 6-5s6 2 6 5',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4l2.75 1.75',
  history: 'M3.5 10a6.5 6.5 0 1 0 2-4.7M3.5 3v3.2h3.2M10 6.5V10l2.5 1.5',
  calendar: 'M4 5h12v11.5H4zM4 8.5h12M7 3v3.5M13 3v3.5',
  'calendar-check': 'M4 5h12v11.5H4zM4 8.5h12M7 3v3.5M13 3v3.5M7.75 12.5l1.6 1.6 2.9-3',
  list: 'M7.5 5.5H17M7.5 10H17M7.5 14.5H17M3.5 5.5h.01M3.5 10h.01M3.5 14.5h.01',
  module: 'M3.5 3.5h5.5V9H3.5zM11 3.5h5.5V9H11zM3.5 11h5.5v5.5H3.5zM13.75 11v5.5M11 13.75h5.5',
  bag: 'M4.500 7h11l.8 9.500H3.700zM7.500 9V6a2.500 2.500 0 0 1 5 0v3',
  box: 'M3.500 6.500 10 3l6.500 3.500v7L10 17l-6.500-3.500zM3.500 6.500 10 10l6.500-3.500M10 10v7',
  key: 'M12.5 11.5a4 4 0 1 0-3.8-2.7L3 14.5V17h2.5v-1.75h1.75V13.5H9l.8-.9c.8.3 1.7 0 2.7-1.1ZM13 7h.01',
  search: 'M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM13.5 13.5 17 17',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  check: 'm4 10.5 4 4 8-9',
  'chevron-start': 'm12 4.5-5.5 5.5 5.5 5.5',
  'chevron-end': 'm8 4.5 5.5 5.5L8 15.5',
  'chevron-down': 'm5 7.5 5 5 5-5',
  updown: 'm6.5 7.5 3.5-3.5 3.5 3.5M6.5 12.5 10 16l3.5-3.5',
  'sort-up': 'M10 15.5v-11M6 8l4-4 4 4',
  'sort-down': 'M10 4.5v11M6 12l4 4 4-4',
  alert: 'M10 3 2.5 16.5h15L10 3ZM10 8.5v3.5M10 14.25h.01',
  copy: 'M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7',
  trash: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.75 11h7.5l.75-11M8.5 8.5v5M11.5 8.5v5',
  'sign-out': 'M8 3.5H4v13h4M13 13.5l3.5-3.5L13 6.5M16.5 10H8',
  sun: 'M10 13.25a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5Z',
  site: 'M3 4h14v12H3zM3 7.5h14M5.5 5.75h.01M7.5 5.75h.01',
  mail: 'M3 5h14v10.5H3zM3 6l7 5.5L17 6',
  chat: 'M3.5 4h13v9.5H9.5L6 16.5v-3H3.5z',
  phone:
    'M5 3.5h2.5l1.25 3.5L7 8.5c.8 2 2.5 3.7 4.5 4.5l1.5-1.75 3.5 1.25V15c0 1-.8 1.8-1.8 1.7C8.6 16.200 3.8 11.4 3.300 5.300 3.200 4.300 4 3.500 5 3.500Z',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  up: 'm5 12.500 5-5 5 5',
  filter: 'M3 5h14M5.5 10h9M8 15h4',
  board: 'M3.5 3.5h3.75v13H3.5zM8.25 3.5h3.75v9H8.25zM13 3.5h3.5v6H13z',
  columns: 'M3.5 4h13v12h-13zM8 4v12M12 4v12',
  download: 'M10 3.5v9M6.5 9.500 10 13l3.500-3.500M3.500 16.500h13',
  upload: 'M10 13V4M6.500 7.500 10 4l3.500 3.500M3.500 16.500h13',
  file: 'M5 2.500h6.500L15.500 6.500v11H5zM11.500 2.500v4h4',
  external: 'M11 4h5v5M16 4l-7.500 7.500M13.500 11.500V16H4V6.500h4.500',
} as const;

export type IconName = keyof typeof paths;

/** An icon by name; a name that is not known draws a module. Decorative: the text beside it speaks. */
export const icon = (name: string): TemplateResult => {
  const d = paths[name in paths ? (name as IconName) : 'module'];
  const mirror = name.startsWith('chevron-') && name !== 'chevron-down';
  return html`<svg class="icon ${mirror ? 'mirror' : ''}" viewBox="0 0 20 20" aria-hidden="true">${svg`<path d=${d} />`}</svg>`;
};
