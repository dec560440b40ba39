/** The module of errands whose hearers take until the instant that the event tells: for tests that end a host meanwhile. */
import { errandsModule } from './testing-errands.ts';

const { module, code } = errandsModule({
  async after(errand, text) {
    if (errand !== 'hear') return;
    // In steps, since a clock may stand still while nothing is waited for.
    while (Date.now() < Number(text)) await new Promise(resolve => setTimeout(resolve, 200));
  },
});

export const errands = module;
export const errandsCode = code;
