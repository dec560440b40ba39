/** Addresses of smaller pictures that a module's code shows to whoever may call it. */
import type { Runtime } from '../engine/runtime.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { signedUrl } from './signed-url.ts';
import { declaredVariants, recipeText } from './variants.ts';

const DAY = 86_400;

/** Good until the end of the next day (UTC), and the same all day. Throws TypeError where no module declares the variant. */
export function pictureUrl(
  signer: Pick<Runtime, 'secrets' | 'config'>,
  { client, modules }: Pick<Tenant, 'client' | 'modules'>,
  fileId: string,
  variant: string,
  now: number,
): string {
  const recipe = declaredVariants(modules).get(variant);
  if (!recipe) throw new TypeError(`"${variant}" is no picture that a field declares`);
  const expires = (Math.floor(now / 1000 / DAY) + 2) * DAY;
  return signedUrl(signer, {
    method: 'GET',
    clientId: client.id,
    fileId,
    expires,
    type: '',
    size: 0,
    variant: recipeText(recipe),
  });
}
