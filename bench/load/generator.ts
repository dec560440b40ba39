/** The load generator: a process of its own that keeps a number of connections busy for a while and times every operation. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createChance } from './chance.ts';
import type { Job, Load, Step } from './job.ts';
import { ReplyReader } from './reply-reader.ts';

type Values = Readonly<Record<string, string>>;
type Render = (values: Values) => string;

const SLOT = /\{(\w+)\}/;

/** A text with slots, taken apart once. */
function template(text: string): Render {
  const parts = text.split(SLOT);
  if (parts.length === 1) return () => text;
  return values => {
    let result = parts[0]!;
    for (let at = 1; at < parts.length; at += 2) result += (values[parts[at]!] ?? '') + parts[at + 1]!;
    return result;
  };
}

function request({ method, path, headers = {}, body }: Step): Render {
  const fields = {
    host: '127.0.0.1',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = template(`${method} ${path} HTTP/1.1\r\n${lines.join('')}`);
  if (body === undefined) return values => `${head(values)}\r\n`;
  const content = template(body);
  return values => {
    const text = content(values);
    return `${head(values)}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };
}

/** Runs one job. */
export async function generate(job: Job): Promise<Load> {
  const steps = job.steps.map(step => ({ ...step, render: request(step) }));
  const lists = Object.entries(job.vary);
  const times: number[] = [];
  let failure: string | undefined;
  let started = 0;
  const begin = performance.now();
  const deadline = begin + job.seconds * 1000;

  const chance = createChance();
  let due = begin;
  /** When the next operation begins. */
  const nextDue = () => {
    if (job.arrivals === undefined) return performance.now();
    due -= (Math.log(1 - chance()) * 1000) / job.arrivals;
    return due;
  };

  const valuesOf = (n: number): Record<string, string> => {
    const values: Record<string, string> = { n: String(n) };
    for (const [name, list] of lists) values[name] = list[n % list.length]!;
    return values;
  };

  const keepBusy = () =>
    new Promise<void>(resolve => {
      const socket = connect({ port: job.port, host: '127.0.0.1', noDelay: true });
      const reader = new ReplyReader();
      let values: Record<string, string> = {};
      let at = 0;
      let since = 0;
      const send = () => socket.write(steps[at]!.render(values));
      const next = async () => {
        if (failure !== undefined || started >= job.most || performance.now() >= deadline) return socket.end();
        values = valuesOf(job.first + started++);
        at = 0;
        since = nextDue();
        const early = since - performance.now();
        if (early > 0) await sleep(early);
        send();
      };
      socket.once('connect', next);
      socket.on('data', chunk => {
        const step = steps[at]!;
        const reply = reader.take(chunk, step.keep !== undefined);
        if (reply === undefined) return;
        if (reply.status !== step.status) failure ??= `${step.method} ${step.path}: ${reply.status} ${reply.body}`;
        else if (step.keep) values['kept'] = (JSON.parse(reply.body) as { data: Values }).data[step.keep]!;
        if (failure === undefined && ++at < steps.length) return send();
        times.push(performance.now() - since);
        next();
      });
      socket.once('error', error => {
        failure ??= error.message;
      });
      socket.once('close', () => resolve());
    });

  await Promise.all(Array.from({ length: job.connections }, keepBusy));
  const seconds = (performance.now() - begin) / 1000;
  times.sort((a, b) => a - b);
  const percentile = (share: number) => Number((times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(2));
  const rps = Math.round((times.length / seconds) * 10) / 10;
  return {
    operations: times.length,
    rps,
    p50: percentile(0.5),
    p99: percentile(0.99),
    ...(failure ? { failure } : {}),
  };
}

if (import.meta.main) {
  process.on('message', (job: Job) => {
    void generate(job).then(load => process.send?.(load));
  });
  process.on('disconnect', () => process.exit(0));
}
