/** A module with pictures, and with what visitors may do with them: for tests of files. */
import { entity, f, implement } from '../../schemas/module/index.ts';
import { testModule } from '../engine/testing-module.ts';

const thumb = { width: 40, height: 40, fit: 'cover', format: 'jpeg' } as const;

export const album = testModule({
  id: 'inlay.album',
  description: 'Photographs.',
  entities: {
    photo: entity({
      label: 'Photo',
      labelField: 'title',
      fields: {
        title: f.text({ max: 80 }),
        image: f.file({ accept: ['image/*'], variants: { thumb, wide: { ...thumb, width: 60, fit: 'contain' } } }),
      },
      access: { admin: { read: true, create: true, update: true, delete: true } },
    }),
    card: entity({
      label: 'Card',
      labelField: 'text',
      fields: { text: f.text({ max: 80 }), image: f.file({ accept: ['image/*'] }).optional() },
      access: { admin: { read: true }, public: { create: true } },
    }),
  },
  actions: {
    submit: {
      input: {
        title: f.text(),
        image: f.file({ visitors: { accept: ['image/*'], maxBytes: 5000, bytesPerVisit: 12_000 } }),
        more: f.list(f.file({ visitors: { accept: ['text/plain'], maxBytes: 50, bytesPerVisit: 12_000 } })).default([]),
      },
      output: { id: f.text() },
      access: ['admin', 'public'],
      effect: 'write',
      system: true,
    },
    send: {
      input: { text: f.text(), image: f.file({ accept: ['image/*'], maxBytes: 5000 }) },
      output: { id: f.text() },
      access: ['admin', 'public'],
      effect: 'write',
      system: true,
    },
    secret: {
      input: { image: f.file({ visitors: { accept: ['image/*'], maxBytes: 5000, bytesPerVisit: 12_000 } }) },
      access: ['admin'],
      effect: 'write',
    },
  },
  widgets: {
    submit: { tag: 'inlay-album', label: 'Submit', surfaces: ['site'], actions: ['submit', 'send'], height: 100 },
  },
});
export const albumCode = implement(album, {
  actions: {
    submit: ({ title, image }, ctx) => {
      if (title === 'no') throw new Error('refused by the handler');
      return { id: ctx.asSystem().photo.create({ title, image }).id };
    },
    send: ({ text, image }, ctx) => ({ id: ctx.asSystem().card.create({ text, image }).id }),
    secret: () => undefined,
  },
});
