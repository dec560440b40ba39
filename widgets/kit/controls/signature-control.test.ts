import { ok, same } from '../../../embed-sdk/testing/assert.ts';
import { SignatureControl } from './signature-control.ts';
import { type Control, mountControl, testControl } from './testing/test-control.ts';
import { part } from './testing/visitor.ts';

const tag = 'inlaykit-signature';
const button = (control: Control, words: string) =>
  [...control.shadowRoot.querySelectorAll('button')].find(node => node.textContent === words)!;
const draw = (control: Control, ...points: readonly (readonly [number, number])[]) => {
  const pad = part(control, '.pad');
  const { left, top } = pad.getBoundingClientRect();
  points.forEach(([x, y], at) => {
    const type = at === 0 ? 'pointerdown' : at === points.length - 1 ? 'pointerup' : 'pointermove';
    // A made-up pointer cannot be captured.
    pad.setPointerCapture = () => {};
    pad.dispatchEvent(
      new PointerEvent(type, { clientX: left + x, clientY: top + y, pointerId: 1, button: 0, bubbles: true }),
    );
  });
};
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200"><path d="M0 0h9"/></svg>';

testControl({
  tag,
  element: SignatureControl,
  value: svg,
  sent: svg,
  targets: '.tool',
  act: control => draw(control, [10, 10], [20, 20], [30, 10], [30, 10]),
});

describe('a signature', () => {
  afterEach(() => document.querySelector('form')?.remove());

  it('is drawn, taken back stroke by stroke, and becomes a picture', async () => {
    const { control } = await mountControl(tag);
    draw(control, [10, 10], [20, 20], [20, 20]);
    draw(control, [40, 10], [50, 20], [50, 20]);
    await control.updateComplete;
    const value = control.value as string;
    same(
      [
        value.match(/<path/g)?.length,
        new DOMParser().parseFromString(value, 'image/svg+xml').querySelector('parsererror'),
      ],
      [2, null],
    );
    const picture = await (control as unknown as SignatureControl).toPng();
    same(picture?.type, 'image/png');
    const bitmap = await createImageBitmap(picture!);
    same([bitmap.width, bitmap.height], [600, 200]);
    const context = new OffscreenCanvas(600, 200).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    ok(
      context.getImageData(0, 0, 600, 200).data.some(byte => byte),
      'ink',
    );
    button(control, 'Undo').click();
    same((control.value as string).match(/<path/g)?.length, 1);
    await control.updateComplete;
    button(control, 'Clear').click();
    same(control.value, '');
  });

  it('is typed by whoever cannot draw, and what is typed is text', async () => {
    const { control } = await mountControl(tag);
    button(control, 'Type my name instead').click();
    await control.updateComplete;
    const box = part(control, 'input');
    same(control.shadowRoot.activeElement === box, true);
    box.value = 'Rosa <b> & "Co"';
    box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    const picture = new DOMParser().parseFromString(control.value as string, 'image/svg+xml');
    same(picture.querySelector('text')?.textContent, 'Rosa <b> & "Co"');
    button(control, 'Draw it instead').click();
    same(control.value, '');
  });

  it('is not drawn on while it is read only, and shows what it holds', async () => {
    const { control } = await mountControl(tag, { readonly: '', value: svg });
    draw(control, [10, 10], [20, 20], [20, 20]);
    same(control.value, svg);
    ok(part<HTMLElement>(control, '.pad path').getAttribute('d') === 'M0 0h9', 'the signature');
  });
});
