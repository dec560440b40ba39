import { ok, same } from './assert.ts';
import { atRest } from './at-rest.ts';

const hour = '3600s';

describe('at rest', () => {
  let place: HTMLElement;
  beforeEach(() => {
    place = document.body.appendChild(document.createElement('div'));
    place.attachShadow({ mode: 'open' }).innerHTML = '<section></section>';
  });
  afterEach(() => place.remove());

  /** In a shadow within a shadow. */
  const within = (html: string): HTMLElement => {
    const section = place.shadowRoot!.querySelector('section')!;
    section.attachShadow({ mode: 'open' }).innerHTML = html;
    return section.shadowRoot!.querySelector('p')!;
  };

  it('what fades has its last colour, and what is animated its place', async () => {
    const text = within(`<style>p { color: red; transition: color ${hour} } p.done { color: rgb(0, 0, 255) }
      b { animation: in ${hour} } @keyframes in { from { translate: -500px } }</style><p>text</p><b>bold</b>`);
    same(getComputedStyle(text).color, 'rgb(255, 0, 0)');
    text.className = 'done';
    await atRest();
    same(getComputedStyle(text).color, 'rgb(0, 0, 255)');
    ok(text.nextElementSibling!.getBoundingClientRect().left >= 0, 'it is where it belongs');
  });

  it('waits for what a script changes step by step, in the element that it is told', async () => {
    const text = within('<p>text</p>');
    let steps = 0;
    const grow = () => {
      text.style.height = `${++steps}px`;
      if (steps < 20) requestAnimationFrame(grow);
    };
    grow();
    await atRest(place);
    same(steps, 20);
  });

  it('does not wait for what never ends', async () => {
    within(
      `<style>p { animation: turn 1s infinite } @keyframes turn { to { rotate: 360deg; color: red } }</style><p>text</p>`,
    );
    let frames = 0;
    const count = () => {
      frames++;
      requestAnimationFrame(count);
    };
    count();
    await atRest(place);
    ok(frames < 20, `${frames} frames`);
  });
});
