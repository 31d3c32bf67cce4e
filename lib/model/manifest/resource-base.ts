import type { FieldPath, Origin } from '../finding/origin';

/** What every typed resource carries. */
export interface ResourceBase {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty for cluster-scoped kinds; `default` where a namespaced manifest names none. */
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly owner?: OwnerReference;
  /** `metadata.creationTimestamp` in milliseconds since 1970, as dumps of a cluster have it; of some objects the older one wins. */
  readonly createdAt?: number;
  readonly origin: Origin;
  /** The origin of one field: its own line for YAML, the construct otherwise. */
  readonly originOf: (field: FieldPath) => Origin;
}

export interface OwnerReference {
  /** Empty where the manifest names none. */
  readonly kind: string;
  readonly name: string;
  /** Of the API of its kind: `apps`; empty for the core. @default - the manifest names none */
  readonly group?: string;
}
