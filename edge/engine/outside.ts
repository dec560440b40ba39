/** What subscribers and jobs may do outside the store, under keys that are the same in every try. */
import type { AnyModule, EventContext } from '../../schemas/module/index.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Runtime } from './runtime.ts';

/** `run` names the event or run and its handler. */
export function outsideOf(runtime: Runtime, tenant: Tenant, run: string): Pick<EventContext<AnyModule>, 'mail'> {
  return {
    mail: mail =>
      runtime.ports.mailer.send({
        ...mail,
        key: `${tenant.client.id}:${run}:${mail.key ?? ''}`,
        from: { ...runtime.config.mailFrom, name: tenant.client.name },
      }),
  };
}
