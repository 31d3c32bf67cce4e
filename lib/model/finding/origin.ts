/** A place in a text that a person wrote: a YAML document or a TypeScript program. Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What was created here was changed later by a patch, whose own place nobody knows. */
  readonly isPatched?: true;
}

/** Where a manifest, or one field of it, came from. */
export interface Origin {
  /** Path of the construct that made the manifest, e.g. `shop/api/service`; absent for plain YAML. */
  readonly construct?: string;
  /** The library in whose words an object was written that a construct made. @default - none: those of the Kubernetes API */
  readonly library?: 'cdk8s-plus' | 'portolan';
  /** Known at once for YAML; for a construct the renderer asks for its creation line only when it prints. */
  readonly position?: Position;
}

/** Steps from the manifest's root to one of its fields, e.g. `['spec', 'ingress', 0, 'from']`. */
export type FieldPath = readonly (string | number)[];

/** What of a field is meant: its value, or its name where that is what is wrong. @default 'value' */
export type FieldPart = 'key' | 'value';

/**
 * A Kubernetes object as plain JSON, whatever made it, and how to find where it came from.
 * `locate` is only called for diagnostics, so it may be slow.
 */
export interface Manifest {
  readonly object: unknown;
  readonly origin: Origin;
  readonly locate?: (field: FieldPath, part?: FieldPart) => Position | undefined;
}
