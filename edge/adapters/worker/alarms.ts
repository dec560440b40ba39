/** Alarms as those of Durable Objects, one for each key: they outlive the isolate and ring at least once. */
import type { Alarms, Scheduler } from '../../../schemas/ports/index.ts';

/** What an alarm's object answers; see alarm-object.ts. */
export interface AlarmStub {
  wakeAt(key: string, at: number): Promise<void>;
}

/** The part of a `DurableObjectNamespace` that is used. */
export interface AlarmNamespace {
  getByName(name: string): AlarmStub;
}

/** What rings is the object's own, so `listen` has nothing to keep. */
export function createObjectAlarms(namespace: AlarmNamespace, scheduler: Pick<Scheduler, 'defer'>): Alarms {
  return {
    set(key, at) {
      scheduler.defer(async () => {
        await namespace.getByName(key).wakeAt(key, at);
      });
    },
    listen() {},
  };
}
