/** Runs an action: input checked, handler run, output checked, one commit. */
import { Problem } from '../../schemas/errors/index.ts';
import { validate } from '../../schemas/errors/validate.ts';
import { checkProof } from '../captcha/check-proof.ts';
import { filesOf, takeFiles } from '../files/drafts.ts';
import { openFiles } from '../files/tables.ts';
import { checkAction } from './access.ts';
import { type Call, type Reply, runCall } from './call.ts';
import type { CompiledModule } from './compile/module.ts';
import { createContext } from './context.ts';
import type { Runtime } from './runtime.ts';

export async function runAction(
  runtime: Runtime,
  call: Call,
  module: CompiledModule,
  name: string,
  input: unknown,
): Promise<Reply> {
  const action = module.actions.get(name);
  const handler = module.code?.actions[name];
  if (!action || !handler) throw Problem.of('NOT_FOUND');
  checkAction(module, action, call.actor);
  const parsed = validate(action.input, input);
  await checkProof(runtime, call, module, action);
  // A read may be repeated freely, so its reply is not kept for a repeated key.
  const keyed = action.json.effect === 'read' ? { ...call, idempotencyKey: undefined } : call;
  const brought = filesOf(action.json.input, parsed as Readonly<Record<string, unknown>>);
  if (brought.length > 0) await openFiles(runtime, call.tenant);
  return runCall(runtime, keyed, async work => {
    const context = createContext(runtime, call, module, work, action.json.system ?? false);
    // Before the handler's writes, which may name what is taken over here.
    if (action.json.effect === 'write') takeFiles(work, call.actor, `${module.name}.${name}`, brought);
    const output = await handler(parsed as never, context);
    if (action.json.effect === 'read' && work.statements.length > 0) {
      throw new TypeError(`${module.name}.${name} is declared "read" but wrote`);
    }
    return { status: 200, body: `{"data":${JSON.stringify(action.encode(output ?? {}))}}` };
  });
}
