/** The module of errands for tests that end a host meanwhile: a text is until when its errand takes, and whom it tells that it begins. */
import { errandsModule } from './testing-errands.ts';

const { module, code } = errandsModule({
  async before(_errand, text) {
    const [, url] = text.split(' ');
    if (url && !(await fetch(url, { method: 'POST' })).ok) throw new Error('The other side is out of order.');
  },
  async after(errand, text) {
    if (errand === 'overhear') return;
    // In steps, since a clock may stand still while nothing is waited for.
    while (Date.now() < Number(text.split(' ')[0])) await new Promise(resolve => setTimeout(resolve, 200));
  },
});

export const errands = module;
export const errandsCode = code;
