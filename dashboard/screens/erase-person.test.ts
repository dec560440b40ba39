/** A person is looked for, what goes and what stays is told in words, the address is written again, and the receipt is kept. */
import { same } from '../../embed-sdk/testing/assert.ts';
import type { ErasurePreview, ErasureProof } from '../../schemas/protocol/index.ts';
import { problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';
import { serving } from '../testing/serving.ts';

const address = 'eva.mala@mail.example';
const law = 'VAT Act, section 35: ten years';
const kept = ['a1', 'a2'].map(id => ({ entity: 'zoo.keeper', id, until: '2035-02-27', because: law }));
const preview: ErasurePreview = {
  addresses: [address],
  records: [
    { entity: 'zoo.animal', count: 2, fields: ['name', 'chip', 'guestBook_stars'] },
    { entity: 'aquarium.tankVisit', count: 1, fields: ['note'] },
  ],
  kept,
  unclear: [
    { entity: 'zoo.animal', id: 'r2' },
    { entity: 'aquarium.tank', id: 't1' },
  ],
  files: 1,
  snapshots: 2,
};
const nobody: ErasurePreview = { addresses: [address], records: [], kept: [], unclear: [], files: 0, snapshots: 2 };
const proved = {
  clientId: 'c1',
  at: '2026-03-01T10:00:00.000Z',
  suppressed: ['h'],
  records: ['r1', 'r3'].map(id => ({ entity: 'zoo.animal', id, columns: ['name'] })),
  scrubbed: { tables: { _audit: 1 }, replies: 0, files: 1, mails: null },
  unclear: preview.unclear,
  kept,
  residue: [{ table: 'zoo_keeper', column: 'home_note', rows: 3 }],
  compacted: false,
};
const proof: ErasureProof = { ...proved, hash: 'f'.repeat(64) };

/** Answers a look with one body and an erasure with another. */
const erasing = (found: ErasurePreview, done: ErasureProof | null = proof) => {
  const server = serving({ 'GET /api/clients/c1/snapshots': [], 'GET /api/clients/c1/removed-modules': [] });
  const { fetch } = server;
  return {
    ...server,
    fetch: async (to: string, init: RequestInit = {}) => {
      if (!to.endsWith('/erase-person')) return fetch(to, init);
      server.writes.push(String(init.body));
      const forced = server.next.shift();
      if (forced) return forced;
      if (String(init.body).includes('dryRun')) return Response.json({ data: found });
      return done ? Response.json({ data: done }) : problem(404, 'NOT_FOUND');
    },
  };
};

describe('erasing a person', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());
  const look = async (server: ReturnType<typeof erasing>, who = address) => {
    desk = await openDesk('/clients/c1/data', server);
    await desk.type('#who', who);
    (await desk.find<HTMLButtonElement>('button', 'See what is kept')).click();
    return desk;
  };
  const press = async ({ find, type }: OpenDesk, again: string) => {
    await type('#again', again);
    (await find<HTMLButtonElement>('button', 'Erase for good')).click();
  };

  it('tells what goes and what stays, asks for the address again, and gives a receipt', async () => {
    const server = erasing(preview);
    const { find, seen, accessible } = await look(server);
    const heading = await find('h3', 'This is taken out');
    same((heading.getRootNode() as ShadowRoot).activeElement, heading);
    await find('li', 'Zoo: 2 animals');
    await find('li', 'name, chip number, stars');
    await find('li', 'Aquarium: 1 tank visit');
    await find('li', '1 file, such as a photograph');
    await find('li', '2 copies of all records');
    await find('li', 'Zoo: 2 keepers, until ');
    await find('li', law);
    same((await find('li a', 'Zoo: animal')).getAttribute('href'), '/clients/c1/m/zoo/animal/r2');
    await find('li', 'in a module that was uninstalled');
    await accessible();
    await press(desk!, 'eva@mail.example');
    await find('.wrong', `Write ${address}`);
    same(server.writes.length, 1);
    await press(desk!, address.toUpperCase());
    await find('[role=status]', 'The person is erased');
    await find('li', 'Zoo keeper, home note: 3');
    await find('li', 'a mail service has sent');
    await accessible();
    same(
      server.writes.join(),
      [JSON.stringify({ email: address, dryRun: true }), JSON.stringify({ email: address })].join(),
    );

    const made: Blob[] = [];
    const { createObjectURL } = URL;
    URL.createObjectURL = blob => {
      made.push(blob as Blob);
      return createObjectURL(blob);
    };
    const stay = (event: Event) => event.preventDefault();
    document.addEventListener('click', stay, true);
    addEventListener('click', stay);
    (await find<HTMLButtonElement>('button', 'Keep the receipt')).click();
    removeEventListener('click', stay);
    document.removeEventListener('click', stay, true);
    URL.createObjectURL = createObjectURL;
    const receipt = await made[0]!.text();
    for (const line of ['- Zoo: 2 animals (name, chip number, stars)', `(${law})`, 'By: Rosa', proof.hash])
      same(receipt.includes(line), true, line);
    same(receipt.trimEnd().split('\n').at(-1), JSON.stringify(proved));
    same(receipt.includes(address), false);

    (await find<HTMLButtonElement>('button', 'Done')).click();
    same((await find<HTMLInputElement>('#who')).value, '');
    same(seen('*', address), undefined);
    const stored = JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state]);
    same(stored.includes('eva.mala'), false);
  });

  it('says calmly that nobody was found, also where somebody else was faster', async () => {
    const { find, accessible } = await look(erasing(nobody));
    await find('[role=status]', 'Nothing is kept about this person.');
    await accessible();
    desk!.close();
    await look(erasing(preview, null));
    await press(desk!, address);
    await desk!.find('[role=status]', 'Nothing is kept about this person.');
  });

  it('takes the link of a record, and a word where the person has no address', async () => {
    const id = '0197f0aa-1111-7222-8333-444455556666';
    const server = erasing({ ...preview, addresses: [] });
    await look(server, `https://desk.example/clients/${'c'.repeat(8)}/m/zoo/animal/${id}`);
    await desk!.find('label', 'Write ERASE');
    await press(desk!, 'erase');
    await desk!.find('[role=status]', 'The person is erased');
    same(server.writes.join(), [JSON.stringify({ person: id, dryRun: true }), JSON.stringify({ person: id })].join());
  });

  it('says what is wrong with what was given, and when it is not known whether it was done', async () => {
    const server = erasing(preview);
    const { find, type } = await look(server, '+420 601 999 888');
    await find('.wrong', 'neither an e-mail address nor the link');
    same(server.writes.length, 0);
    const errors = [{ pointer: '/email', code: 'INVALID', message: 'Give an e-mail address.' }];
    server.next.push(problem(422, 'VALIDATION_FAILED', { errors }));
    await type('#who', 'eva@');
    (await find<HTMLButtonElement>('button', 'See what is kept')).click();
    await find('.wrong', 'Give an e-mail address.');
    await type('#who', address);
    (await find<HTMLButtonElement>('button', 'See what is kept')).click();
    await find('h3', 'This is taken out');
    server.next.push(problem(503, 'UNAVAILABLE'));
    await press(desk!, address);
    await find('[role=alert]', 'may be erased by now');
    same((await find<HTMLInputElement>('#again')).readOnly, false);
    same(server.writes.length, 3);
  });
});
