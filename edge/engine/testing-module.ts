/** A small module for tests: what a manifest has to say of itself, said once. */
import {
  type ActionDef,
  type AnyEntity,
  defineModule,
} from '../../schemas/module/index.ts';
