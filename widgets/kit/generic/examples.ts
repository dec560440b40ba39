/** What the page of elements gives widgets of each kind in the place of a site and its manifest: stalls in the page's memory. */
import type { RecordsPage, WidgetView } from '../../../schemas/protocol/widget.ts';
import type { InlayElement } from '../base-element.ts';
import { fakeClient, first, formView, recordsView } from './testing.ts';

const cheese: RecordsPage = {
  records: [
    {
      ...first.records[0]!,
      parts: [
        {
          name: 'about',
          label: 'About',
          text: 'From the valley, aged for a year.',
          rich: [{ lines: [['From the valley, aged for ', { text: 'a year', as: 'b' }, '.']] }],
        },
        ...first.records[0]!.parts,
        { name: 'mail', label: 'Mail', text: 'cheese@market.example', href: 'mailto:cheese@market.example' },
      ],
    },
  ],
  after: null,
};

const shows = (view: WidgetView) => (element: Element) => {
  (element as InlayElement).client = fakeClient(view, 'en', cheese);
};

export const examples: Readonly<Record<string, (element: Element) => void>> = {
  'inlay-example-form': shows(formView),
  'inlay-example-list': shows(recordsView('list')),
  'inlay-example-cards': shows(recordsView('cards')),
  'inlay-example-detail': shows(recordsView('detail', { opens: false })),
  'inlay-example-search': shows(recordsView('search')),
  'inlay-example-calendar': shows(recordsView('calendar')),
};
