/** Versions and ranges by Semantic Versioning 2.0.0, without pre-releases, which a manifest cannot name. */

type Triple = readonly [number, number, number];

const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/;
const COMPARATOR = /^(\^|~|>=|<=|>|<|=)?(\d{1,9})(?:\.(\d{1,9}|[x*]))?(?:\.(\d{1,9}|[x*]))?$/;

function parse(version: string): Triple {
  const match = VERSION.exec(version);
  if (!match) throw new TypeError(`"${version}" is not a version such as 1.2.3`);
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

const order = (a: Triple, b: Triple): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** Negative where `a` is the older one. Throws on what is no version. */
export const compareVersions = (a: string, b: string): number => order(parse(a), parse(b));

export const isVersion = (text: string): boolean => VERSION.test(text);

/** From `from` on and below `below`. */
interface Span {
  readonly from: Triple;
  readonly below: Triple;
}

const ZERO: Triple = [0, 0, 0];
const END: Triple = [Number.POSITIVE_INFINITY, 0, 0];

/** `^1.2.3`, `~1.2`, `>=1 <3`, `1.x`, `*`, several by `||`. Throws TypeError on any other form. */
function spansOf(range: string): Span[] {
  return range.split('||').map(part => {
    const comparators = part.trim().split(/\s+/);
    return comparators.map(comparatorSpan).reduce((a, b) => ({
      from: order(a.from, b.from) > 0 ? a.from : b.from,
      below: order(a.below, b.below) < 0 ? a.below : b.below,
    }));
  });
}

function comparatorSpan(text: string): Span {
  if (text === '*' || text === 'x') return { from: ZERO, below: END };
  const match = COMPARATOR.exec(text);
  if (!match) throw new TypeError(`"${text}" is not a range such as ^1.2.0`);
  const [, sign = '', major, minor, patch] = match;
  const part = (digits: string | undefined) =>
    digits === undefined || /[x*]/.test(digits) ? undefined : Number(digits);
  const [a, b, c] = [Number(major), part(minor), b0(part(minor), part(patch))];
  const low: Triple = [a, b ?? 0, c ?? 0];
  /** First version behind what was written: 1 -> 2.0.0, 1.2 -> 1.3.0, 1.2.3 -> 1.2.4. */
  const behind: Triple = b === undefined ? [a + 1, 0, 0] : c === undefined ? [a, b + 1, 0] : [a, b, c + 1];
  switch (sign) {
    case '>=':
      return { from: low, below: END };
    case '>':
      return { from: behind, below: END };
    case '<':
      return { from: ZERO, below: low };
    case '<=':
      return { from: ZERO, below: behind };
    case '~':
      return { from: low, below: b === undefined ? [a + 1, 0, 0] : [a, b + 1, 0] };
    case '^':
      return { from: low, below: caret(a, b, c) };
    default:
      return { from: low, below: behind };
  }
}

/** A patch behind an open minor, as in `1.x.3`, says nothing. */
const b0 = (minor: number | undefined, patch: number | undefined) => (minor === undefined ? undefined : patch);

/** The leftmost part that is not zero stays. */
function caret(a: number, b: number | undefined, c: number | undefined): Triple {
  if (a > 0 || b === undefined) return [a + 1, 0, 0];
  if (b > 0 || c === undefined) return [0, b + 1, 0];
  return [0, 0, c + 1];
}

/** Whether the version is in the range. Throws TypeError on a range that cannot be read. */
export function satisfies(version: string, range: string): boolean {
  const at = parse(version);
  return spansOf(range).some(({ from, below }) => order(at, from) >= 0 && order(at, below) < 0);
}

export function isRange(text: string): boolean {
  try {
    return spansOf(text).length > 0;
  } catch {
    return false;
  }
}

/** A new list, newest first. */
export const newestFirst = (versions: readonly string[]): string[] =>
  [...versions].sort((a, b) => compareVersions(b, a));
