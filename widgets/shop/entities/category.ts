/** A shelf of the shop. */
import { entity, f } from '../../../schemas/module/index.ts';

export const category = entity({
  label: 'Category',
  plural: 'Categories',
  labelField: 'name',
  fields: {
    name: f.text({ min: 1, max: 80 }).search(),
    slug: f.text({ max: 60, format: 'slug' }).unique(),
    active: f.bool().default(true),
    position: f.int({ min: 0, max: 10_000 }).default(0),
  },
  access: {
    admin: { read: true, create: true, update: true, delete: true },
    staff: { read: true },
  },
  display: { columns: ['name', 'slug', 'active'], sort: 'position' },
});
