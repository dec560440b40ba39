/** Counts events of one client in memory until they are written: sums for each subject, and under it for each value of each dimension. */
import type { AnalyticsDimension, EventKind } from '../../schemas/protocol/index.ts';
import type { LocalHour } from './local-hour.ts';
import type { Mark } from './sketch.ts';
import { ALL, BIN, HOUR_OF, OTHER } from './tables.ts';

/**
 * What is counted beside the events themselves, so that it is no part of how many there were. `visit` is a view that no page of the
 * site led to, `measured` a visit whose first page told how long it was in view, `stay` one of these that was no bounce, `time` the
 * seconds that pages were in view.
 */
export const derived = ['visit', 'measured', 'stay', 'time'] as const;

/** An event as it is counted. */
export interface CountedEvent {
  readonly kind: EventKind | (typeof derived)[number];
  readonly name: string;
  readonly module: string;
  readonly widget: string;
  readonly variant: string;
  /** Of a vital, or how many seconds a time stands for. */
  readonly value: number | undefined;
}

/** Events of one page, and what they have in common. */
export interface Visit {
  readonly siteId: string;
  readonly hour: LocalHour;
  readonly mark: Mark;
  readonly values: Readonly<Record<AnalyticsDimension, string>>;
  readonly events: readonly CountedEvent[];
  /** How many batches this one stands for. */
  readonly weight: number;
}

interface Count {
  counted: number;
  seen: number;
}

interface Subject {
  readonly head: readonly [site: string, day: string, hour: number];
  readonly tail: readonly [event: string, name: string, module: string, widget: string, variant: string];
  readonly all: Count;
  readonly dimensions: Map<string, Map<string, Count>>;
}

/** Site, dimension, day, hour, event, name, module, widget, variant, value, counted, seen. */
export type HourlyRow = readonly (string | number)[];
/** Site, dimension, day, value, register, rank. */
export type MarkRow = readonly (string | number)[];

/** Different values of one dimension that a site may have in an hour, in one process; what comes later is `(other)`. */
export const MOST_VALUES = 300;

/** Four bands for each doubling of 1 + value. */
export const bandOf = (value: number): number => Math.round(4 * Math.log2(1 + value));
/** Middle of a band. */
export const middleOf = (band: number): number => 2 ** (band / 4) - 1;

const HOUR = 3_600_000;
const ofVital = new Set<string>(['path', 'device']);

/** Which values a site has had in the hour, so that nobody can fill the tables with made-up ones. */
export class KnownValues {
  #hour = 0;
  readonly #sites = new Map<string, { readonly hour: number; readonly dimensions: Map<string, Set<string>> }>();

  admit(siteId: string, hour: number, dimension: string, value: string): string {
    if (hour > this.#hour) {
      // The hours of another zone may begin at half past, and those of its sites are not over.
      for (const [id, site] of this.#sites) if (site.hour <= hour - HOUR) this.#sites.delete(id);
      this.#hour = hour;
    }
    let site = this.#sites.get(siteId);
    if (!site || site.hour < hour) {
      site = { hour, dimensions: new Map() };
      this.#sites.set(siteId, site);
    }
    const values = entry(site.dimensions, dimension, () => new Set<string>());
    if (values.has(value)) return value;
    if (values.size >= MOST_VALUES) return OTHER;
    values.add(value);
    return value;
  }
}

export class Tally {
  readonly #known: KnownValues;
  readonly #subjects = new Map<string, Subject>();
  readonly #marks = new Map<string, Map<number, number>>();
  /** Rows that it would be written as. */
  size = 0;

  constructor(known: KnownValues) {
    this.#known = known;
  }

  add({ siteId, hour, mark, values, events, weight }: Visit): void {
    const { start, day } = hour;
    const admitted = Object.entries(values).map(
      ([dimension, value]) => [dimension, this.#known.admit(siteId, start, dimension, value)] as const,
    );
    this.#leave(siteId, ALL, day, '', mark);
    this.#leave(siteId, HOUR_OF, day, String(start), mark);
    for (const [dimension, value] of admitted) this.#leave(siteId, dimension, day, value, mark);
    for (const { kind, module, widget, value: measured, ...event } of events) {
      const name = this.#known.admit(siteId, start, `name of ${kind}`, event.name);
      const variant = this.#known.admit(siteId, start, 'variant', event.variant);
      const tail = [kind, name, module, widget, variant] as const;
      const subject = entry(this.#subjects, [siteId, start, ...tail].join('\n'), () => {
        this.size += 1;
        return { head: [siteId, day, start] as const, tail, all: { counted: 0, seen: 0 }, dimensions: new Map() };
      });
      const amount = kind === 'time' ? weight * (measured ?? 0) : weight;
      raise(subject.all, amount);
      if (kind === 'vital') this.#raise(subject, BIN, String(bandOf(measured ?? 0)), weight);
      for (const [dimension, value] of admitted) {
        if (kind !== 'vital' || ofVital.has(dimension)) this.#raise(subject, dimension, value, amount);
      }
    }
  }

  hourly(): HourlyRow[] {
    const rows: HourlyRow[] = [];
    for (const { head, tail, all, dimensions } of this.#subjects.values()) {
      const [site, day, hour] = head;
      rows.push([site, ALL, day, hour, ...tail, '', all.counted, all.seen]);
      for (const [dimension, values] of dimensions) {
        for (const [value, { counted, seen }] of values) {
          rows.push([site, dimension, day, hour, ...tail, value, counted, seen]);
        }
      }
    }
    return rows;
  }

  marks(): MarkRow[] {
    return [...this.#marks].flatMap(([key, registers]) => {
      const [site = '', dimension = '', day = '', value = ''] = key.split('\n');
      return [...registers].map(([register, rank]) => [site, dimension, day, value, register, rank]);
    });
  }

  /** Pairs of site and day that it has counts of. */
  days(): readonly (readonly [site: string, day: string])[] {
    const days = new Map(
      [...this.#subjects.values()].map(({ head: [site, day] }) => [`${site}\n${day}`, [site, day] as const]),
    );
    return [...days.values()];
  }

  #raise(subject: Subject, dimension: string, value: string, weight: number): void {
    const values = entry(subject.dimensions, dimension, () => new Map<string, Count>());
    const count = entry(values, value, () => {
      this.size += 1;
      return { counted: 0, seen: 0 };
    });
    raise(count, weight);
  }

  #leave(site: string, dimension: string, day: string, value: string, { register, rank }: Mark): void {
    const registers = entry(this.#marks, `${site}\n${dimension}\n${day}\n${value}`, () => new Map<number, number>());
    const before = registers.get(register);
    if (before === undefined) this.size += 1;
    if (before === undefined || before < rank) registers.set(register, rank);
  }
}

function raise(count: Count, weight: number): void {
  count.counted += weight;
  count.seen += 1;
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
