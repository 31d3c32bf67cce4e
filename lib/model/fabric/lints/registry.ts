import type { Cluster } from '../../cluster/cluster';
import { clusterObject } from '../../cluster/profile-object';
import type { FabricLint } from '../../finding/fabric-lint';
import type { Lint } from '../../finding/lint';
import { fabricOf, objectionsTo } from '../registry';
import { families } from './families';
import { masqueradedPods } from './masqueraded-pods';
import { noWay } from './no-way';
import { nodeBlocks } from './node-blocks';
import { overlaps } from './overlaps';
import { packetSizes } from './packet-sizes';
import type { FabricLintRule } from './rule';
import { serviceRanges } from './service-ranges';
import { shutByFirewall } from './shut-by-firewall';
import { withoutKubeProxy } from './without-kube-proxy';

/** What is checked of any plugin, in the order of codes. */
const RULES: readonly FabricLintRule[] = [
  nodeBlocks,
  overlaps,
  serviceRanges,
  packetSizes,
  families,
  noWay,
  shutByFirewall,
  withoutKubeProxy,
  masqueradedPods,
];

/** What is wrong with the pod network that the profile describes: by any plugin's rules, then by its own. */
export function fabricLintsOf(cluster: Cluster): readonly Lint[] {
  const { profile } = cluster;
  const fabric = fabricOf(profile);
  const own = objectionsTo(profile);
  const told = new Set(own.map(keyOf));
  // What the plugin says is about its own options, and more to the point.
  const general = RULES.flatMap((rule) => rule(cluster, fabric)).filter((lint) => !told.has(keyOf(lint)));
  const object = clusterObject(profile);
  return [...general, ...own].map((lint) => ({ ...lint, object, origin: profile.originOf(lint.field) }));
}

/** Families and ways between nodes are of the plugin as a whole. */
const OF_ALL: ReadonlySet<FabricLint['code']> = new Set(['PTL316', 'PTL317']);

function keyOf({ code, field }: FabricLint): string {
  return OF_ALL.has(code) ? code : `${code} ${field.join('.')}`;
}
