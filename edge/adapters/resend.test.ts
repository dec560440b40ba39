import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Mail } from '../../schemas/ports/index.ts';
import { createResendMailer } from './resend.ts';

const mail: Mail = {
  key: 'booking-1',
  to: { address: 'jana@example.test', name: 'Jana "J"\r\nBcc: x' },
  from: { address: 'inlay@example.test', name: 'Inlay' },
  replyTo: 'salon@example.test',
  subject: 'Hello',
  text: 'Text',
  html: '<p>Text</p>',
  attachments: [{ filename: 'a.ics', contentType: 'text/calendar', content: 'Ž' }],
};

describe('createResendMailer', () => {
  let server: Server;
  let apiUrl: string;
  let answer: { status: number; body: string };
  const seen: { url: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = [];

  before(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      seen.push({ url: request.url, headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => server.close());

  it('posts the mail as the service wants it', async () => {
    answer = { status: 200, body: '{"id":"1"}' };
    await createResendMailer({ apiKey: 're_test', apiUrl }).send(mail);
    const [request] = seen;
    assert.equal(request!.url, '/emails');
    assert.equal(request!.headers.authorization, 'Bearer re_test');
    assert.equal(request!.headers['idempotency-key'], 'booking-1');
    assert.deepEqual(request!.body, {
      from: '"Inlay" <inlay@example.test>',
      to: ['"Jana \\"J\\"  Bcc: x" <jana@example.test>'],
      reply_to: 'salon@example.test',
      subject: 'Hello',
      text: 'Text',
      html: '<p>Text</p>',
      attachments: [{ filename: 'a.ics', content_type: 'text/calendar', content: 'xb0=' }],
    });
  });

  it('throws what the service said when it refuses', async () => {
    answer = { status: 422, body: '{"name":"validation_error","message":"Invalid `from` field"}' };
    await assert.rejects(createResendMailer({ apiKey: 're_test', apiUrl }).send(mail), /422.*Invalid `from` field/);
  });

  it('takes a repeated key with another body as sent', async () => {
    answer = { status: 409, body: '{"name":"invalid_idempotent_request"}' };
    await createResendMailer({ apiKey: 're_test', apiUrl }).send(mail);
  });
});
