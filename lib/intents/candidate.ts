import type { ClusterProfile } from '../model/cluster/profile';
import type { Resource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { Change } from './change';
import type { Kept } from './checked';
import type { Intent } from './intent';
import type { judgeOf } from './judge';
import type { Assumption } from './waivers';

/** What fixes are made of, and tried on. */
export interface FixContext {
  readonly resources: readonly Resource[];
  readonly profile: ClusterProfile;
  /** The cluster as it is, on which the promises broke. */
  readonly network: Network;
  readonly keptBefore: readonly Kept[];
  readonly intents: readonly Intent[];
  readonly assumptions: readonly Assumption[];
  readonly judgeOf: typeof judgeOf;
}

/** A change to try: of the manifests, of the cluster that they are for, or of the words of the promise itself. */
export type Candidate = Pick<Change, 'fix'> &
  Partial<Change> & {
    readonly profile?: ClusterProfile;
    readonly intent?: Intent;
    /** Of all that are the same choice only the first is shown that mends it. @default - it is one of its own */
    readonly choice?: string;
  };
