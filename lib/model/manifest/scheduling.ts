import type { LabelSelector } from '../values/label-selector';
import type { Toleration } from './taints';

/** What a pod asks of the node that it runs on. */
export interface Scheduling {
  /**
   * The nodes must have the labels of one of these, with the name of the node as the label `metadata.name`; nothing else counts
   * where it is one that asks for nothing.
   */
  readonly nodes: readonly LabelSelector[];
  /** Whether `nodes` says all of it: comparisons of numbers are left out, and devices that few nodes have. */
  readonly isExact: boolean;
  /** Pods beside which it does not run on one node. */
  readonly apartFrom: readonly ApartFrom[];
  /** Each in one form, so that equal ones are equal texts. */
  readonly tolerations: readonly string[];
  /** The same, one by one, with what admission adds for the devices that it asks for. */
  readonly tolerated: readonly Toleration[];
  /** Whether the default scheduler places it: of others nobody knows that they keep pods apart, or off tainted nodes. */
  readonly isByDefault: boolean;
  /** The keys of taints that it tolerates, and `*` where it tolerates them all. */
  readonly toleratedKeys: readonly string[];
}

/** Required anti-affinity by node. */
export interface ApartFrom {
  readonly pods: LabelSelector;
  /** @default - those of the pod's own namespace */
  readonly namespaces?: readonly string[];
}
