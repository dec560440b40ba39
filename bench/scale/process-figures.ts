/** What the system says of a process: its memory and its descriptors. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessFigures {
  /** Resident memory in MB. */
  readonly rss: number;
  readonly fds: number;
}

/** Linux alone has these; elsewhere they are not a number. */
export function processFigures(pid: number): ProcessFigures {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const rss = Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024);
    return { rss, fds: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return { rss: Number.NaN, fds: Number.NaN };
  }
}
