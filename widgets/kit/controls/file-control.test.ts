import { ok, same, until } from '../../../embed-sdk/testing/assert.ts';
import { findings } from '../testing/test-element.ts';
import { FileControl } from './file-control.ts';
import { type Control, mountControl, testControl } from './testing/test-control.ts';
import { errorOf, part } from './testing/visitor.ts';
import type { Uploader, UploadOptions } from './upload.ts';

const tag = 'inlaykit-file';
const png = (name = 'a.png', size = 100) => new File([new Uint8Array(size)], name, { type: 'image/png' });
const rows = (control: Control) => [...control.shadowRoot.querySelectorAll('li')];
const add = (control: Control, ...files: File[]) => {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  part(control, '.drop').dispatchEvent(
    new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }),
  );
};

/** Answers by hand. */
const uploads = () => {
  const begun: (UploadOptions & { name: string; end(ok: boolean): void })[] = [];
  const uploader: Uploader =
    ({ name }) =>
    options =>
      new Promise(resolve => {
        const end = (right: boolean) =>
          resolve(
            right ? { ok: true, value: `id-${name}` } : { ok: false, error: { code: 'UNREACHABLE', message: '' } },
          );
        options.signal.addEventListener('abort', () => resolve({ ok: false, error: { code: 'ABORTED', message: '' } }));
        begun.push({ ...options, name, end });
      });
  return { begun, uploader };
};
const atOnce: Uploader =
  ({ name }) =>
  async () => ({ ok: true, value: `id-${name}` });

testControl({
  tag,
  element: FileControl,
  properties: { uploader: atOnce },
  value: 'id-1',
  sent: 'id-1',
  targets: '.drop',
  async act(control) {
    add(control, png());
    await until(() => !control['blank'] && control.value);
  },
});

describe('a file control', () => {
  afterEach(() => document.querySelector('form')?.remove());

  it('uploads what is dropped, shows how far it is, and keeps the form back until it is there', async () => {
    const { begun, uploader } = uploads();
    const { control, form } = await mountControl(tag, { for: 'guest.sign.photo' }, { uploader });
    add(control, png());
    await control.updateComplete;
    same(
      [begun[0]!.for, control.validity.valid, control.validationMessage],
      ['guest.sign.photo', false, 'Wait until every file has arrived, or remove it.'],
    );
    begun[0]!.progress(50, 100);
    await control.updateComplete;
    same(await findings(form), [], 'axe of a file on its way');
    same(
      [part<HTMLProgressElement>(control, 'progress').value, part(control, 'progress').ariaLabel],
      [0.5, 'a.png: 50%'],
    );
    ok(part(control, 'canvas'), 'a preview');
    begun[0]!.end(true);
    await until(() => control.value);
    same([control.value, new FormData(form).get('it'), control.validity.valid], ['id-a.png', 'id-a.png', true]);
  });

  it('goes on with one that has not arrived, by the same way', async () => {
    const { begun, uploader } = uploads();
    const { control } = await mountControl(tag, {}, { uploader });
    add(control, png());
    begun[0]!.end(false);
    await until(() => rows(control)[0]?.querySelector('.error'));
    same(
      [rows(control)[0]!.querySelector('.error')!.textContent, control.validity.valid],
      ['This file has not arrived.', false],
    );
    same(control.validationMessage, 'Remove each file that has not arrived.');
    same(await findings(control), [], 'axe of a file that failed');
    control.reportValidity();
    await control.updateComplete;
    same(part(control, '#error').textContent, 'Remove each file that has not arrived.');
    part(control, '[aria-label="Go on with a.png"]').click();
    await control.updateComplete;
    same([begun.length, control.shadowRoot.activeElement === part(control, 'input')], [2, true]);
    same(part(control, '#error').textContent, 'Wait until every file has arrived, or remove it.');
    begun[1]!.end(true);
    await until(() => control.value === 'id-a.png');
  });

  it('gives up one that is removed, and the focus is not lost', async () => {
    const { begun, uploader } = uploads();
    const { control } = await mountControl(tag, {}, { uploader });
    add(control, png());
    await control.updateComplete;
    part(control, '[aria-label="Remove a.png"]').click();
    await control.updateComplete;
    same([begun[0]!.signal.aborted, rows(control).length, control.validity.valid], [true, 0, true]);
    same(control.shadowRoot.activeElement === part(control, 'input'), true);
  });

  it('does not send what is of another kind or too large', async () => {
    const { begun, uploader } = uploads();
    const { control } = await mountControl(
      tag,
      { multiple: '', accept: 'image/*, .pdf', 'max-bytes': '2000000' },
      { uploader },
    );
    add(control, png('ok.png'), png('big.png', 2_000_001), new File(['a'], 'a.exe'), new File(['a'], 'B.PDF'));
    await control.updateComplete;
    same(
      begun.map(({ name }) => name),
      ['ok.png', 'B.PDF'],
    );
    same(
      rows(control).map(row => row.querySelector('.error')?.textContent ?? ''),
      ['', 'A file may have 2 MB at most.', 'This kind of file is not taken here.', ''],
    );
    same(control.validationMessage, 'Wait until every file has arrived, or remove it.');
    for (const one of begun) one.end(true);
    await until(() => (control.value as string[]).length === 2);
    same(control.validationMessage, 'Remove each file that has not arrived.');
  });

  it('holds several, at most so many, and one alone takes the place of the other', async () => {
    const { control } = await mountControl(tag, { multiple: '', max: '1' }, { uploader: atOnce });
    add(control, png('a.png'), png('b.png'));
    await until(() => (control.value as string[]).length === 2);
    same([control.value, control.validationMessage], [['id-a.png', 'id-b.png'], 'At most 1 can be chosen.']);
    const one = (await mountControl(tag, {}, { uploader: atOnce })).control;
    add(one, png('a.png'));
    await until(() => one.value === 'id-a.png');
    add(one, png('b.png'));
    await until(() => one.value === 'id-b.png');
    same(rows(one).length, 1);
  });

  it('says that several are needed', async () => {
    const { control } = await mountControl(tag, { multiple: '', required: '' }, { uploader: atOnce });
    same([control.checkValidity(), control.validationMessage], [false, 'This is needed.']);
    add(control, png());
    await until(() => control.checkValidity());
  });

  it('gives up what is on its way when it leaves the page, not when it is moved', async () => {
    const { begun, uploader } = uploads();
    const { control, form } = await mountControl(tag, {}, { uploader });
    add(control, png());
    document.body.append(form);
    await control.updateComplete;
    same(begun[0]!.signal.aborted, false);
    form.remove();
    await until(() => begun[0]!.signal.aborted);
  });

  it('says nothing wrong of a form that needs none', async () => {
    const { control } = await mountControl(tag, {}, { uploader: atOnce });
    same([control.checkValidity(), errorOf(control)], [true, '']);
  });
});
