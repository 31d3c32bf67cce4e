import type { ClusterProfile } from '../../../../cluster/profile';
import type { FabricLint } from '../../../../finding/fabric-lint';
import { CidrSet, formatCidr } from '../../../../values/cidr-set';
import { refusal } from '../../refusal';
import type { CalicoPool } from '../pools';

/** Where no pool may lie: addresses of links. */
const LINK_LOCAL = CidrSet.parse('169.254.0.0/16', 'fe80::/10');

/** Where pools lie: PTL312, PTL315 and PTL316. */
export function rangeObjections(pools: readonly CalicoPool[], profile: ClusterProfile): readonly FabricLint[] {
  return [
    ...pools.flatMap((pool, i) => overlapping(pool, pools.slice(0, i))),
    ...pools.flatMap((pool) => onServices(pool, profile)),
    ...pools.flatMap(onLinks),
    ...pools.flatMap((pool) => outside(pool, profile)),
    ...withoutPool(pools, profile),
  ];
}

function overlapping({ cidr, field }: CalicoPool, others: readonly CalicoPool[]): readonly FabricLint[] {
  const other = others.find((each) => CidrSet.of(cidr).intersects(CidrSet.of(each.cidr)));
  if (!other) return [];
  const [of, range, otherRange] = ['a pool of Calico', formatCidr(cidr), formatCidr(other.cidr)];
  return [{ code: 'PTL312', severity: 'error', field, of, range, other: 'another', otherRange }];
}

function onServices(pool: CalicoPool, { written }: ClusterProfile): readonly FabricLint[] {
  const { cidr, field, isForLoadBalancers } = pool;
  const services = written.serviceCidr.find((range) => CidrSet.of(range.cidr).intersects(CidrSet.of(cidr)));
  if (!isForLoadBalancers || !services) return [];
  return [
    {
      code: 'PTL312',
      severity: 'error',
      field,
      of: 'a pool of load balancers',
      range: formatCidr(cidr),
      other: 'serviceCidr',
      otherRange: formatCidr(services.cidr),
    },
  ];
}

function onLinks({ cidr, field }: CalicoPool): readonly FabricLint[] {
  if (!LINK_LOCAL.intersects(CidrSet.of(cidr))) return [];
  const problem = `Calico refuses pools with addresses of 169.254.0.0/16 or fe80::/10, which belong to single links: ${formatCidr(cidr)} has some (NET-03).`;
  return [refusal(field, 'cidr', problem, 'take a range of another network')];
}

function outside({ cidr, field, isForPods, spec }: CalicoPool, { podCidr }: ClusterProfile): readonly FabricLint[] {
  if (!isForPods || !spec || podCidr.isEmpty || podCidr.covers(CidrSet.of(cidr))) return [];
  const problem =
    `${formatCidr(cidr)} is not within \`podCidr\`. kube-proxy, and whoever else reads the cluster's range of pods, takes ` +
    'pods of this pool for somebody from outside; the operator refuses it where kubeadm says another range (NET-02).';
  return [refusal(field, 'cidr', problem, 'take a part of `podCidr`, or make `podCidr` hold the pool')];
}

/** Pods get an address of each family that the cluster has, if a pool has some. */
function withoutPool(pools: readonly CalicoPool[], { written, podCidr }: ClusterProfile): readonly FabricLint[] {
  if (podCidr.isEmpty || pools.length === 0) return [];
  return ([4, 6] as const).flatMap((family): readonly FabricLint[] => {
    const range = written.podCidr.find(({ cidr }) => cidr.family === family);
    if (!range || pools.some(({ cidr, isForPods }) => isForPods && cidr.family === family)) return [];
    return [
      {
        code: 'PTL316',
        severity: 'error',
        field: ['cni', 'pools'],
        cni: 'these pools',
        range: formatCidr(range.cidr),
        problem: `Calico gives pods addresses from its pools, and none of these gives pods addresses of IPv${family} (NP-38).`,
      },
    ];
  });
}
