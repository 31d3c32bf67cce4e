import type { Resource } from '../model/manifest/resources';
import type { Fix } from './finding';

/** A change of the manifests to try: what the author would write, and what they would then be. */
export interface Change {
  readonly fix: Fix;
  readonly resources: readonly Resource[];
}
