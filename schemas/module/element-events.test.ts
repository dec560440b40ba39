import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule, elementEvents, f, ManifestError, parseManifest, toManifest } from './index.ts';

const place = { label: 'W', surfaces: ['site'], height: 300 } as const;
const bell = (widgets: object) =>
  toManifest(
    defineModule({
      id: 'test.bell',
      version: '1.0.0',
      type: 'widget',
      label: 'Bell',
      description: 'Rings.',
      icon: 'box',
      categories: [],
      settings: {},
      entities: {},
      events: {},
      actions: { ring: { input: { note: f.text() }, access: ['public'], effect: 'write' } },
      widgets: widgets as never,
    }),
  );
const own = { ...place, tag: 'inlay-bell', actions: ['ring'] };

test('what an element tells the page: its funnel, what its kind tells, what is declared beside them', () => {
  const funnel = { steps: ['inlay:bell-held'], completes: ['inlay:bell-rung'] };
  const { widgets } = parseManifest(
    bell({
      bell: { ...own, funnel, events: ['inlay:bell-rung', 'inlay:bell-2'] },
      silent: { ...own, tag: 'inlay-bell-silent' },
      form: { ...place, tag: 'inlay-bell-form', kind: 'form', action: 'ring', fields: ['note'] },
    }),
  );
  assert.deepEqual(elementEvents(widgets!['bell']!), ['inlay:bell-held', 'inlay:bell-rung', 'inlay:bell-2']);
  assert.deepEqual(elementEvents(widgets!['silent']!), []);
  assert.deepEqual(elementEvents(widgets!['form']!), ['inlay:submitted']);
});

test('how an element usually shows is one of the ways there are', () => {
  const { widgets } = parseManifest(bell({ bell: { ...own, mode: 'float' } }));
  assert.equal(widgets!['bell']!.mode, 'float');
  assert.throws(() => parseManifest(bell({ bell: { ...own, mode: 'sideways' } })), ManifestError);
});

test('what a page says to widgets cannot be declared as an event of an element', () => {
  for (const event of ['inlay:consent', 'inlay:prefill', 'inlay:connect', 'click', 'inlay:', 'inlay:A']) {
    assert.throws(() => parseManifest(bell({ bell: { ...own, events: [event] } })), ManifestError, event);
    assert.throws(() => parseManifest(bell({ bell: { ...own, funnel: { completes: [event] } } })), ManifestError);
  }
  parseManifest(bell({ bell: { ...own, events: ['inlay:consented', 'inlay:prefill-done'] } }));
});
