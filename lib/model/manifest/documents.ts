import type { FieldPart, FieldPath, Manifest, Origin, Position } from '../finding/origin';
import { isObject } from './reader/place';

/** One object of a manifest: the whole of it, or an item of a List. */
export interface Document {
  readonly object: unknown;
  /** Steps from the manifest's root: not empty for an item of a List. */
  readonly prefix: FieldPath;
  /** The origin of one field of the object, looked up only when its position is asked for. */
  readonly originOf: (field: FieldPath, part?: FieldPart) => Origin;
}

/** The objects of a manifest, with Lists taken apart. */
export function documentsOf(manifest: Manifest): readonly Document[] {
  return flatten(manifest, manifest.object, []);
}

function flatten(manifest: Manifest, object: unknown, prefix: FieldPath): readonly Document[] {
  if (!isList(object)) {
    return [{ object, prefix, originOf: originsIn(manifest, prefix) }];
  }
  const known = itemDefaults(object);
  // Not `flatMap`, which would pass over a hole in a list made by a program.
  return Array.from(object.items ?? [], (item, index) =>
    flatten(manifest, isObject(item) ? { ...known, ...item } : item, [...prefix, 'items', index]),
  ).flat();
}

interface List {
  readonly apiVersion?: unknown;
  readonly kind: string;
  readonly items?: readonly unknown[] | null;
}

/** `List` and the lists of one kind, as `kubectl get -o yaml` and the API server write them. */
function isList(object: unknown): object is List {
  return (
    isObject(object) &&
    typeof object.kind === 'string' &&
    object.kind.endsWith('List') &&
    (Array.isArray(object.items) || (object.kind === 'List' && (object.items ?? null) === null))
  );
}

/** The API server leaves apiVersion and kind out of the items of, say, a `PodList`. */
function itemDefaults({ apiVersion, kind }: List): object {
  return kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
}

function originsIn(manifest: Manifest, prefix: FieldPath): Document['originOf'] {
  const { origin, locate } = manifest;
  if (locate === undefined) return () => origin;
  return (field, part) => {
    if (prefix.length + field.length === 0) {
      return origin;
    }
    let position: Position | undefined;
    return {
      construct: origin.construct,
      get position() {
        position ??= locate([...prefix, ...field], part) ?? origin.position;
        return position;
      },
    };
  };
}
