type Path = readonly (string | number)[];

/** The ways to all fields and items of a document; those that tell its kind are left out, as another kind has other rules. */
export function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return steps
    .filter((step) => path.length > 0 || (step !== 'apiVersion' && step !== 'kind'))
    .flatMap((step) => [
      [...path, step],
      ...pathsOf((value as Record<string | number, unknown>)[step], [...path, step]),
    ]);
}

/** The document with something else at the end of the way; `undefined` drops the field. */
export function put(document: unknown, path: Path, value: unknown): unknown {
  return change(document, path, (holder, step) => {
    holder[step] = value;
  });
}

/** The document with one of its fields under another name, as JSON.parse would give it; items of lists have none. */
export function rename(document: unknown, path: Path, name: string): unknown {
  return change(document, path, (holder, step) => {
    if (Array.isArray(holder)) return;
    const value = holder[step];
    delete holder[step];
    // An assignment to __proto__ would not make a field.
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  });
}

/** The document with one of its fields twice where it is a list, in a list of its own where it is none. */
export function double(document: unknown, path: Path): unknown {
  return change(document, path, (holder, step) => {
    const value = holder[step];
    holder[step] = Array.isArray(value) ? [...value, ...structuredClone(value)] : [value, structuredClone(value)];
  });
}

/** An object within an object, or a list within a list, and so on. */
export function nested(depth: number, sort: 'objects' | 'lists' = 'objects'): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = sort === 'objects' ? { value } : [value];
  return value;
}

type Holder = Record<string | number, unknown>;

function change(document: unknown, path: Path, how: (holder: Holder, step: string | number) => void): unknown {
  const copy = structuredClone(document);
  const holder = path.slice(0, -1).reduce<unknown>((value, step) => (value as Holder)[step], copy);
  how(holder as Holder, path[path.length - 1]);
  return copy;
}
