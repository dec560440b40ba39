/** What a new record keeps of the campaign that brought whoever makes it. */
import type { Campaign } from '../../../schemas/protocol/campaign.ts';
import type { CompiledEntity } from '../compile/entity.ts';
import type { Values } from './record-scope.ts';

/** Values of the fields that want a part of it, by field; empty where nothing was said. */
export function campaignOf({ fields }: CompiledEntity, said: Campaign | undefined): Values {
  if (!said) return {};
  return Object.fromEntries(
    fields.flatMap(({ name, json: { campaign } }) => (campaign && said[campaign] ? [[name, said[campaign]]] : [])),
  );
}
