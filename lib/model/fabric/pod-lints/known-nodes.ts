import type { Cluster } from '../../cluster/cluster';
import type { LabelSelector } from '../../values/label-selector';
import { closedLabels, type Labels, openLabels } from '../../values/labels';

/** Nodes that are alike, as far as labels tell. */
interface NodeKind {
  readonly labels: Labels;
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
export function knownNodesOf({ profile, nodes, isWhole }: Cluster): KnownNodes | undefined {
  if (profile.nodes.length > 0) {
    const kinds = profile.nodes.map(({ labels, zone, count = Number.POSITIVE_INFINITY }) => {
      // What else a node is labelled with, its name among it, no profile tells.
      return { labels: openLabels({ ...labels, ...(zone === undefined ? {} : { [ZONE]: zone }) }), count };
    });
    return { kinds, areAll: true };
  }
  if (nodes.length === 0) return undefined;
  const kinds = nodes.map(({ name, labels }) => ({
    labels: closedLabels(new Map([...labels.known, ['metadata.name', name]])),
    count: 1,
  }));
  return { kinds, areAll: isWhole };
}

/** How many of the nodes may have the labels of one of the selectors, or of one of each list: at most. */
export function mostNodes({ kinds }: KnownNodes, ...asked: readonly (readonly LabelSelector[])[]): number {
  const mayBe = ({ labels }: NodeKind) =>
    asked.every((selectors) => selectors.some((selector) => selector.match(labels) !== 'no'));
  return kinds.filter(mayBe).reduce((sum, { count }) => sum + count, 0);
}
