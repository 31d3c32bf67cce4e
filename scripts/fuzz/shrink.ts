/**
 * The smallest value that is still interesting, found by leaving out parts of the JSON as long as that can be done:
 * entries of lists, and keys of objects. Candidates that `isInteresting` does not even understand are none.
 */
export function shrink<T>(value: T, isInteresting: (candidate: T) => boolean): T {
  let smallest = value;
  for (let found: T | undefined = value; found !== undefined; ) {
    smallest = found;
    found = firstThat(withoutOnePart(smallest) as Iterable<T>, isInteresting);
  }
  return smallest;
}

function firstThat<T>(candidates: Iterable<T>, isInteresting: (candidate: T) => boolean): T | undefined {
  for (const candidate of candidates) {
    try {
      if (isInteresting(candidate)) return candidate;
    } catch {
      // Something that is needed was left out.
    }
  }
  return undefined;
}

/** Every value that lacks one part of this one, large parts first. */
function* withoutOnePart(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    yield* value.map((_, at) => value.toSpliced(at, 1));
    for (const [at, item] of value.entries()) {
      for (const smaller of withoutOnePart(item)) yield value.with(at, smaller);
    }
  } else if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value);
    yield* entries.map(([key]) => Object.fromEntries(entries.filter(([each]) => each !== key)));
    for (const [key, item] of entries) {
      for (const smaller of withoutOnePart(item)) yield { ...value, [key]: smaller };
    }
  }
}
