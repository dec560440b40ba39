/** The board of an entity that is known from its manifest alone. */
import { ok, same, until } from '../../embed-sdk/testing/assert.ts';
import { animal, fakeServer, problem } from '../testing/fake-server.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';

const path = '/clients/c1/m/zoo/animal?view=board';

describe('generic board', () => {
  let desk: OpenDesk;
  afterEach(() => desk.close());

  const column = (value: string) => desk.find(`.column[data-value=${value}]`);
  const names = async (value: string) =>
    [...(await column(value)).querySelectorAll('.card a')].map(link => link.textContent);
  const state = (index: number) => desk.server.animals[index]!['state'];

  it('has a column for each state, with its count and its cards', async () => {
    desk = await openDesk(path, fakeServer([animal('r1'), animal('r2'), animal('r3', { state: 'active' })]));
    await desk.find('.card a', 'Animal r1');
    same(await names('new'), ['Animal r1', 'Animal r2']);
    same(await names('active'), ['Animal r3']);
    same((await column('new')).querySelector('header .number')!.textContent, '2');
    ok((await column('lost')).textContent?.includes('Nothing here'), 'says that a column is empty');
    await desk.find('.facts', 'Ota Keeper');
    await desk.accessible();
  });

  it('moves a card by its menu before the server has answered, and takes it back on request', async () => {
    desk = await openDesk(path);
    (await desk.find('[data-id=r1] [role=menuitem]', 'Admit')).click();
    await until(() => Boolean(desk.seen('.column[data-value=active] .card a', 'Animal r1')));
    await desk.find('.toast', 'Animal r1: Active');
    same(state(0), 'active');
    (await desk.find('.toast button', 'Undo')).click();
    await until(() => state(0) === 'new');
    await until(() => Boolean(desk.seen('.column[data-value=new] .card a', 'Animal r1')));
  });

  it('puts a card back when the server refuses the step, and says why', async () => {
    desk = await openDesk(path);
    await desk.find('.card a', 'Animal r1');
    desk.server.next.push(problem(409, 'INVALID_TRANSITION', { detail: 'It sleeps.' }));
    (await desk.find('[data-id=r1] [role=menuitem]', 'Admit')).click();
    await desk.find('.toast.error', 'It sleeps.');
    await until(() => Boolean(desk.seen('.column[data-value=new] .card a', 'Animal r1')));
    same(state(0), 'new');
  });

  it('takes a dragged card only where a step leads', async () => {
    desk = await openDesk(path, fakeServer([animal('r1', { state: 'lost' }), animal('r2')]));
    const drag = async (id: string, to: string) => {
      const dataTransfer = new DataTransfer();
      const options = { bubbles: true, cancelable: true, dataTransfer };
      const card = await desk.find(`[data-id=${id}]`);
      card.dispatchEvent(new DragEvent('dragstart', options));
      const target = await column(to);
      await new Promise(resume => setTimeout(resume, 30));
      const taken = !target.dispatchEvent(new DragEvent('dragover', options));
      if (taken) target.dispatchEvent(new DragEvent('drop', options));
      card.dispatchEvent(new DragEvent('dragend', options));
      return taken;
    };
    same((await desk.find('[data-id=r1]')).getAttribute('draggable'), 'false');
    same(await drag('r2', 'new'), false);
    same(await drag('r2', 'active'), true);
    await until(() => state(1) === 'active');
  });

  it('is walked and moved by keys alone; the focus goes with the card', async () => {
    desk = await openDesk(path);
    const link = await desk.find('[data-id=r1] a');
    link.focus();
    link.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true }));
    const root = link.getRootNode() as ShadowRoot;
    same(root.activeElement?.textContent, 'Animal r2');
    const keys = { key: 'ArrowRight', altKey: true, bubbles: true, composed: true };
    root.activeElement!.dispatchEvent(new KeyboardEvent('keydown', keys));
    await until(() => state(1) === 'active');
    await until(() => root.activeElement?.textContent === 'Animal r2');
    ok(desk.seen('[role=status]', 'Animal r2 moved to Active'), 'is said');
  });

  it('asks why where the step keeps a reason, and sends it', async () => {
    desk = await openDesk(path, fakeServer([animal('r1', { state: 'active' })]));
    (await desk.find('[data-id=r1] [role=menuitem]', 'Release')).click();
    const confirm = await desk.find<HTMLButtonElement>('dialog[open] button.primary');
    ok(confirm.disabled, 'needs the reason');
    await desk.type('dialog textarea', 'It has grown up');
    await until(() => !confirm.disabled);
    confirm.click();
    await until(() => state(0) === 'new');
    same(desk.server.bodies.at(-1), { reason: 'It has grown up' });
  });

  it('takes a step that leaves the card in its column', async () => {
    desk = await openDesk(path, fakeServer([animal('r1', { state: 'active', tame: true })]));
    (await desk.find('[data-id=r1] [role=menuitem]', 'Take for a walk')).click();
    await desk.find('.toast', 'Animal r1: Take for a walk');
    same(state(0), 'active');
  });

  it('groups by another enum, whose moves are plain changes', async () => {
    desk = await openDesk(path);
    (await desk.find('[role=menuitemradio]', 'Sort')).click();
    await until(() => location.search.includes('by=sort'));
    (await desk.find('[data-id=r1] [role=menuitem]', 'Move to Bird')).click();
    await until(() => desk.server.animals[0]!['sort'] === 'bird');
    (await desk.find('.toast button', 'Undo')).click();
    await until(() => desk.server.animals[0]!['sort'] === 'mammal');
  });

  it('shows more of a long column on request', async () => {
    desk = await openDesk(path, fakeServer(Array.from({ length: 45 }, (_, n) => animal(`n${n}`))));
    await desk.find('.card a');
    same((await names('new')).length, 20);
    same((await column('new')).querySelector('header .number')!.textContent, '45');
    (await desk.find('.column button', 'Show more')).click();
    await until(() => (desk.seen('.column[data-value=new]')?.querySelectorAll('.card').length ?? 0) === 40);
  });
});
