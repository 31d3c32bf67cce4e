import type { WorkloadExposure } from '../../model/reach/exposure';
import type { Doubt } from '../../model/values/ternary';

/** The exposure of a workload as the command tells it. */
export interface ToldExposure extends WorkloadExposure {
  /** What leaves open whether there are other ways in from outside. */
  readonly open: readonly Doubt[];
}
