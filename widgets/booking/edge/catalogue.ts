/** Services and staff as visitors see them; comes with every widget's session. */
import type { ActionHandler } from '../../../schemas/module/index.ts';
import { loadDirectory } from './calendar.ts';
import type { BookingModule } from './context.ts';
import { isGivenBy } from './offer.ts';

export const catalogue: ActionHandler<BookingModule, 'catalogue'> = async (_input, ctx) => {
  const [services, directory] = await Promise.all([
    ctx.asSystem().service.list({ where: { active: { eq: true } }, sort: ['position', 'name'] }),
    loadDirectory(ctx),
  ]);
  const staff = [...directory.values()].flatMap(({ id, name, title, active }) => {
    const given = active ? services.filter(service => isGivenBy(service, id)).map(service => service.id) : [];
    return given.length > 0 ? [{ id, name, title, services: given }] : [];
  });
  return {
    business: { name: ctx.client.name, zone: ctx.client.zone },
    services: services.map(({ id, slug, name, description, durations, price }) => ({
      id,
      slug,
      name,
      description,
      durations,
      price,
    })),
    staff,
    phone: ctx.settings.phone,
  };
};
