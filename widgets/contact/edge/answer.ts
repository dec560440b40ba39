/** When an enquiry was answered is kept with it, until it is opened again. */
import type { TransitionHandler } from '../../../schemas/module/index.ts';
import type { contact } from '../module.ts';

type Handler = TransitionHandler<typeof contact, 'enquiry'>;

export const onAnswer: Handler = (_enquiry, ctx) => ({ answeredAt: ctx.now });
export const onReopen: Handler = () => ({ answeredAt: null });
