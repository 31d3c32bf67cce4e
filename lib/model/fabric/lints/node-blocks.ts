import type { Cluster } from '../../cluster/cluster';
import type { ClusterProfile } from '../../cluster/profile';
import type { PlacedRange } from '../../cluster/profile-ranges';
import type { FabricLint } from '../../finding/fabric-lint';
import type { FieldPath } from '../../finding/origin';
import { bitsOf, formatCidr } from '../../values/cidr';
import { CidrSet } from '../../values/cidr-set';
import type { IpFamily } from '../../values/ip';
import type { Fabric } from '../fabric';
import { nodeNetworkOf } from '../node-network';
import type { FabricLintRule } from './rule';

/** kubelet starts so many pods unless its `maxPods` says otherwise. */
const USUAL_PODS = 110;
/** Of IPv6 whoever cuts the range keeps a bit for each part, and takes no more than these bits between the two. */
const MOST_BITS_BETWEEN = 16;

/** PTL310: parts of the pod range, one for each node, that can't be as they are asked for (NET-02). */
export const nodeBlocks: FabricLintRule = (cluster, fabric) => {
  const { profile } = cluster;
  const sizes = sizesOf(profile, fabric);
  if (!sizes) return [];
  const nodes = nodeNetworkOf(cluster).count;
  const { podRanges = [] } = fabric;
  const ranges = podRanges.length > 0 ? podRanges : profile.written.podCidr;
  return ([4, 6] as const).flatMap((family) => {
    const own = ranges.filter(({ cidr }) => cidr.family === family);
    if (own.length === 0) return [];
    return [...lintsIn(family, own, sizes, nodes), ...strays(family, own, sizes, cluster.nodes)];
  });
};

/** The first Node manifest whose part is not of the range. */
function strays(
  family: IpFamily,
  ranges: readonly PlacedRange[],
  { maskSize }: Sizes,
  nodes: Cluster['nodes'],
): readonly FabricLint[] {
  const whole = CidrSet.of(...ranges.map(({ cidr }) => cidr));
  const stray = nodes.find(({ podCidrs }) => !whole.covers(podCidrs.ofFamily(family)));
  if (!stray) return [];
  const nodeCidr = stray.podCidrs.ofFamily(family).minus(whole).toCidrs().map(formatCidr).join(', ');
  const [{ field }] = ranges;
  const said = { code: 'PTL310', severity: 'error', field, maskSize: maskSize[family] } as const;
  return [{ ...said, range: textOf(ranges), problem: 'outside', node: stray.name, nodeCidr }];
}

function textOf(ranges: readonly PlacedRange[]): string {
  return ranges.map(({ cidr }) => formatCidr(cidr)).join(', ');
}

interface Sizes {
  readonly maskSize: Readonly<Record<IpFamily, number>>;
  /** Where they are said; absent where they are the usual ones. */
  readonly field?: FieldPath;
}

/** Nothing where the nodes have no parts, or where nobody says that they have. */
function sizesOf({ nodeCidrMaskSize, hasNodeCidrs }: ClusterProfile, { blocks }: Fabric): Sizes | undefined {
  if (blocks.by === 'own-node-cidr') return { maskSize: blocks.maskSize, field: ['cni'] };
  if (hasNodeCidrs) return { maskSize: nodeCidrMaskSize, field: ['nodeCidrMaskSize'] };
  return blocks.by === 'node-cidr' ? { maskSize: nodeCidrMaskSize } : undefined;
}

function lintsIn(
  family: IpFamily,
  ranges: readonly PlacedRange[],
  { maskSize: sizes, field }: Sizes,
  nodes: number,
): readonly FabricLint[] {
  const maskSize = sizes[family];
  const said = { code: 'PTL310', maskSize } as const;
  const unfit = ranges.flatMap((each): readonly FabricLint[] => {
    const bits = maskSize - each.cidr.prefix;
    const found = { ...said, severity: 'error', field: field ?? each.field, range: formatCidr(each.cidr) } as const;
    if (bits < 0) return [{ ...found, problem: 'larger-than-range' }];
    return family === 6 && bits > MOST_BITS_BETWEEN ? [{ ...found, problem: 'too-far-apart' }] : [];
  });
  if (unfit.length > 0) return unfit;
  const range = textOf(ranges);
  const blocks = ranges.reduce((sum, { cidr }) => sum + 2 ** (maskSize - cidr.prefix), 0);
  const pods = 2 ** (bitsOf(family) - maskSize);
  const first = field ?? ranges[0].field;
  return [
    ...(nodes > blocks
      ? [{ ...said, severity: 'error', field: ranges[0].field, range, problem: 'too-few', blocks, nodes } as const]
      : []),
    ...(pods < USUAL_PODS
      ? [{ ...said, severity: 'warning', field: first, range, problem: 'few-pods', pods, usual: USUAL_PODS } as const]
      : []),
  ];
}
