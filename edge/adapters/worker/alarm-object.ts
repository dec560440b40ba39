/** Durable Object that keeps one alarm: the earliest time asked for. The platform repeats a ring that failed, up to six times. */
import { DurableObject } from 'cloudflare:workers';

export abstract class AlarmObject<Bindings> extends DurableObject<Bindings> {
  protected abstract ring(key: string): Promise<void>;

  async wakeAt(key: string, at: number): Promise<void> {
    const earlier = await this.ctx.storage.getAlarm();
    if (earlier !== null && earlier <= at) return;
    await this.ctx.storage.put('key', key);
    await this.ctx.storage.setAlarm(at);
  }

  override async alarm(): Promise<void> {
    const key = await this.ctx.storage.get<string>('key');
    if (key !== undefined) await this.ring(key);
  }
}
