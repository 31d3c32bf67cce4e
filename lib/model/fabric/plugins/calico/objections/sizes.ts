import type { CalicoSpec } from '../../../../cluster/cni/calico';
import type { ClusterProfile } from '../../../../cluster/profile';
import type { FabricLint } from '../../../../finding/fabric-lint';
import type { FieldPath } from '../../../../finding/origin';
import { formatCidr } from '../../../../values/cidr';
import type { IpFamily } from '../../../../values/ip';
import { blockSizeOf, type CalicoPool } from '../pools';

/** What the validation of IPPools takes. */
const BOUNDS: Readonly<Record<IpFamily, readonly [number, number]>> = { 4: [20, 32], 6: [116, 128] };
const FAMILIES = [4, 6] as const;

/** Sizes of blocks and pools: PTL313. */
export function sizeObjections(
  spec: CalicoSpec,
  pools: readonly CalicoPool[],
  profile: ClusterProfile,
): readonly FabricLint[] {
  return [
    ...FAMILIES.flatMap((family) => {
      const size = blockSizeOf(family, spec);
      const isOne = typeof spec.blockSize === 'number';
      return size === undefined
        ? []
        : outOfBounds(size, family, ['cni', 'blockSize', ...(isOne ? [] : [`ipv${family}`])]);
    }),
    ...pools.flatMap(({ spec: own, cidr, fieldOf }) =>
      own?.blockSize === undefined ? [] : outOfBounds(own.blockSize, cidr.family, fieldOf('blockSize')),
    ),
    ...pools.filter(({ spec: own }) => own?.disabled !== true).flatMap(tooSmall),
    ...(spec.ipam === 'host-local' ? [] : FAMILIES.flatMap((family) => tooFew(family, pools, profile))),
  ];
}

function outOfBounds(size: number, family: IpFamily, field: FieldPath): readonly FabricLint[] {
  const [least, most] = BOUNDS[family];
  if (least <= size && size <= most) return [];
  return [
    {
      code: 'PTL313',
      severity: 'error',
      field,
      option: 'blockSize',
      got: `/${size}`,
      expected: `from ${least} to ${most} for IPv${family}`,
      rule: `Calico refuses pools whose blocks are shorter than /${least} or longer than /${most} for IPv${family} (NET-02).`,
    },
  ];
}

function tooSmall({ cidr, blockSize, fieldOf, field }: CalicoPool): readonly FabricLint[] {
  const [least, most] = BOUNDS[cidr.family];
  if (cidr.prefix <= blockSize || blockSize < least || blockSize > most) return [];
  const named = fieldOf('blockSize');
  return [
    {
      code: 'PTL313',
      severity: 'error',
      field: named,
      option: named === field ? 'cidr' : 'blockSize',
      got: `/${blockSize} in ${formatCidr(cidr)}`,
      expected:
        named === field ? `a range of /${blockSize} or larger` : `from ${Math.max(cidr.prefix, least)} to ${most}`,
      rule: 'A pool holds one block at least, for nodes take addresses from it by blocks (NET-02).',
    },
  ];
}

/** Nodes that find no block of their own live on single addresses of others', each with a route of its own. */
function tooFew(family: IpFamily, pools: readonly CalicoPool[], { nodes }: ClusterProfile): readonly FabricLint[] {
  const own = pools.filter(({ isForPods, cidr }) => isForPods && cidr.family === family);
  // INVARIANT: a pool of some nodes only tells nothing about the others.
  if (own.length === 0 || own.some(({ spec }) => spec?.nodeSelector !== undefined && spec.nodeSelector !== 'all()'))
    return [];
  const count = nodes.reduce((sum, group) => sum + (group.count ?? 0), 0);
  const blocks = own.reduce((sum, { cidr, blockSize }) => sum + blocksIn(cidr.prefix, blockSize), 0);
  if (blocks === 0 || blocks >= count) return [];
  const [{ fieldOf, blockSize }] = own;
  return [
    {
      code: 'PTL313',
      severity: 'warning',
      field: fieldOf('blockSize'),
      option: 'blockSize',
      got: `/${blockSize} makes ${blocks} ${blocks === 1 ? 'block' : 'blocks'} for ${count} nodes`,
      expected: 'so long that there is a block for each node at least',
      rule:
        'A node without a block of its own takes single addresses from those of others, each with a route of its own on every ' +
        'node; with strict affinity it gets no pods (NET-02).',
    },
  ];
}

/** How many blocks of a length a range holds; none where it is smaller than one. */
export function blocksIn(prefix: number, blockSize: number): number {
  return blockSize < prefix ? 0 : 2 ** (blockSize - prefix);
}
