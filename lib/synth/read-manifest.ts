import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** A Kubernetes object as the API object renders it, of a shape that nobody checked. */
export type RawManifest = Readonly<Record<string, unknown>>;

/**
 * What the API object will emit, read without a trace.
 *
 * INVARIANT: a cdk8s-plus workload with `spread: true` adds two terms to itself at every rendering; with the flag
 * down for the moment of reading, the file that is written later is the same as without us. The terms are about
 * scheduling, which the network does not see.
 */
export function readManifest(object: ApiObject): RawManifest {
  const parent = object.node.scope as (IConstruct & { spread?: unknown }) | undefined;
  if (parent?.spread !== true) return object.toJson();
  Object.defineProperty(parent, 'spread', { value: false, configurable: true, writable: true });
  try {
    return object.toJson();
  } finally {
    Object.defineProperty(parent, 'spread', { value: true, configurable: true, writable: true });
  }
}
