/** A reply that is kept, to be said again. */
import { entity, f } from '../../../schemas/module/index.ts';

const desk = { read: true, create: true, update: true, delete: true } as const;

export const canned = entity({
  label: 'Canned reply',
  plural: 'Canned replies',
  labelField: 'shortcut',
  fields: {
    shortcut: f.text({ min: 1, max: 40, format: 'slug' }).unique().help('What is typed after /'),
    text: f.text({ min: 1, max: 4000 }).search(),
  },
  access: { admin: desk, staff: desk },
  display: { columns: ['shortcut', 'text'], sort: 'shortcut' },
});
