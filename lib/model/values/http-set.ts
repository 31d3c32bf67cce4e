/** One HTTP request, so far as rules look into it. */
export interface HttpRequest {
  readonly method: string;
  /** Lower case, without a port. */
  readonly host: string;
  /** Without the query. */
  readonly path: string;
}

/** How a text may be matched: in whole, or by its beginning or end. */
export type TextPattern =
  | { readonly type: 'exact'; readonly text: string }
  | { readonly type: 'prefix'; readonly text: string }
  | { readonly type: 'suffix'; readonly text: string };

/** Requests that match one pattern of every field; an absent field matches any text. */
export interface HttpPattern {
  readonly methods?: readonly TextPattern[];
  readonly hosts?: readonly TextPattern[];
  readonly paths?: readonly TextPattern[];
}

/** An immutable set of HTTP requests: those that match one of its patterns. */
export class HttpSet {
  static readonly all = new HttpSet([{}]);
  static readonly empty = new HttpSet([]);

  static of(...patterns: HttpPattern[]): HttpSet {
    return patterns.length === 0 ? HttpSet.empty : new HttpSet(patterns);
  }

  private constructor(readonly patterns: readonly HttpPattern[]) {}

  has({ method, host, path }: HttpRequest): boolean {
    return this.patterns.some(
      ({ methods, hosts, paths }) => matches(methods, method) && matches(hosts, host) && matches(paths, path),
    );
  }
}

/**
 * Requests enough to tell: whatever holds for each of these holds for every request, as far as the sets can see.
 * A text that is a pattern's own, and one that only begins or ends like it, stand for all that match it;
 * one that no pattern has stands for the rest.
 */
export function requestsToTellApart(sets: readonly HttpSet[]): readonly HttpRequest[] {
  const patterns = sets.flatMap((set) => set.patterns);
  if (patterns.length === 0) return [];
  const texts = (field: keyof HttpPattern) => samples(patterns.flatMap((pattern) => pattern[field] ?? []));
  return texts('methods').flatMap((method) =>
    texts('hosts').flatMap((host) => texts('paths').map((path) => ({ method, host, path }))),
  );
}

function matches(patterns: readonly TextPattern[] | undefined, text: string): boolean {
  return patterns === undefined || patterns.some((pattern) => matchesOne(pattern, text));
}

function matchesOne({ type, text: wanted }: TextPattern, text: string): boolean {
  switch (type) {
    case 'exact':
      return text === wanted;
    case 'prefix':
      return text.startsWith(wanted);
    case 'suffix':
      return text.endsWith(wanted);
  }
}

/** A text that no author writes, to stand for those that no pattern has. */
const OTHER = '\u0000';

/** One text of every kind that the patterns tell apart: a prefix and a suffix may also meet in one text. */
function samples(patterns: readonly TextPattern[]): readonly string[] {
  const prefixes = ['', ...patterns.filter((p) => p.type === 'prefix').map((p) => p.text)];
  const suffixes = ['', ...patterns.filter((p) => p.type === 'suffix').map((p) => p.text)];
  const between = prefixes.flatMap((prefix) => suffixes.map((suffix) => `${prefix}${OTHER}${suffix}`));
  return [...new Set([...patterns.map((pattern) => pattern.text), ...between])];
}
