/** What the shop sells; each has at least one variant, which has the price. */
import { entity, f } from '../../../schemas/module/index.ts';

export const product = entity({
  label: 'Product',
  labelField: 'name',
  fields: {
    name: f.text({ min: 1, max: 120 }).search(),
    slug: f.text({ max: 60, format: 'slug' }).unique(),
    description: f.text({ max: 4000 }).optional(),
    status: f.enum(['draft', 'active', 'archived']).default('active').index(),
    categories: f.list(f.ref('category', 'setNull'), { max: 20 }).default([]),
    pictures: f
      .list(
        f.file({
          accept: ['image/jpeg', 'image/png', 'image/webp'],
          maxBytes: 10_000_000,
          variants: {
            card: { width: 640, height: 640, fit: 'cover', format: 'jpeg' },
            page: { width: 1280, height: 1280, fit: 'cover', format: 'jpeg' },
          },
        }),
        { max: 12 },
      )
      .default([])
      .help('The first is the one in lists'),
    options: f
      .list(f.text({ min: 1, max: 40 }), { max: 3 })
      .default([])
      .help('What its variants differ in, such as Colour and Size'),
    taxRate: f.decimal({ scale: 3 }).optional().help("Per cent, where it is not the shop's"),
    position: f.int({ min: 0, max: 10_000 }).default(0),
  },
  constraints: [{ name: 'tax_rate_is_a_rate', check: { taxRate: { between: ['0', '100'] } } }],
  access: {
    admin: { read: true, create: true, update: true, delete: true },
    staff: { read: true, create: true, update: true },
  },
  display: { columns: ['name', 'status', 'categories'], sort: 'position' },
});
