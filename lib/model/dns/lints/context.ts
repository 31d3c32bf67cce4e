import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import type { Named } from './named-places';

/** What lints of names look at. */
export interface DnsLintContext {
  readonly cluster: Cluster;
  readonly places: readonly Named[];
}

/** A pure function, whose findings come in the order of the manifests. */
export type DnsLintRule = (context: DnsLintContext) => readonly Lint[];
