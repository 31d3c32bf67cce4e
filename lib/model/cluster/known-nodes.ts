import type { Taint } from '../manifest/taints';
import type { LabelSelector } from '../values/label-selector';
import { type Labels, openLabels } from '../values/labels';
import { rememberedOf } from '../values/remembered';
import type { Cluster } from './cluster';
import type { ClusterNode } from './nodes';

/** Nodes that are alike, as far as labels tell. */
export interface NodeKind {
  readonly labels: Labels;
  /** Those that keep pods off; `undefined`: nobody tells whether there are any. */
  readonly taints?: readonly Taint[];
  /** `Infinity` where nobody tells. */
  readonly count: number;
}

/** The nodes that a profile or manifests tell of. */
export interface KnownNodes {
  readonly kinds: readonly NodeKind[];
  /** Whether there are no others. */
  readonly areAll: boolean;
}

const ZONE = 'topology.kubernetes.io/zone';

/** The nodes of the profile, else those that manifests declare: a dump of a whole cluster has them all. */
export const knownNodesOf = rememberedOf(({ profile, nodes, isWhole }: Cluster): KnownNodes | undefined => {
  if (profile.nodes.length > 0) {
    const kinds = profile.nodes.map(({ labels, taints, zone, count = Number.POSITIVE_INFINITY }) => {
      // What else a node is labelled with, its name among it, no profile tells.
      return { labels: openLabels({ ...labels, ...(zone === undefined ? {} : { [ZONE]: zone }) }), taints, count };
    });
    return { kinds, areAll: true };
  }
  if (nodes.length === 0) return undefined;
  return {
    kinds: nodes.map((node) => ({ labels: schedulingLabelsOf(node), taints: node.taints, count: 1 })),
    areAll: isWhole,
  };
});

/** Every kubelet registers its node with this one, and with what else it and the cloud know of it. */
const HOSTNAME = 'kubernetes.io/hostname';

/**
 * The labels of a node as the scheduler sees them, with its name as `metadata.name`. What somebody wrote by hand may lack any; of a
 * node that was read from a cluster all are known.
 */
export function schedulingLabelsOf({ name, labels }: Pick<ClusterNode, 'name' | 'labels'>): Labels {
  const known = new Map([...labels.known, ['metadata.name', name]]);
  return { known, open: labels.open || !labels.known.has(HOSTNAME) };
}

/** How many of the nodes may have the labels of one of the selectors, or of one of each list: at most. */
export function mostNodes({ kinds }: KnownNodes, ...asked: readonly (readonly LabelSelector[])[]): number {
  const mayBe = ({ labels }: NodeKind) =>
    asked.every((selectors) => selectors.some((selector) => selector.match(labels) !== 'no'));
  return kinds.filter(mayBe).reduce((sum, { count }) => sum + count, 0);
}
