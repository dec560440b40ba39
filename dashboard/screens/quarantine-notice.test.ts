/** An update that did not fit is said so where versions are, and one press lets the client get updates again. */
import { same } from '../../embed-sdk/testing/assert.ts';
import { type OpenDesk, openDesk } from '../testing/open-desk.ts';
import { serving } from '../testing/serving.ts';

describe('a client whose update did not fit', () => {
  let desk: OpenDesk | undefined;
  afterEach(() => desk?.close());
  const at = '/api/clients/c1/quarantine';

  it('says what was wrong, and gets updates again after a press', async () => {
    const answers: Record<string, unknown> = {
      [`GET ${at}`]: { module: 'zoo', version: '1.9.0', error: 'no such column', since: '2026-03-01T10:00:00Z' },
      [`POST ${at}/release`]: null,
    };
    const server = serving(answers);
    desk = await openDesk('/clients/c1/modules', server);
    const { find, accessible } = desk;
    await find('[role=alert] p', 'The update of Zoo to 1.9.0 did not fit');
    await find('[role=alert] p', 'no such column');
    await accessible();
    const button = await find<HTMLButtonElement>('[role=alert] button', 'Let it get updates again');
    answers[`GET ${at}`] = null;
    button.click();
    await find('[role=status]', 'It gets updates again');
    same(server.writes, [`POST ${at}/release {}`]);
  });
});
