import type { ApiObjectProps } from 'cdk8s';
import type { CalicoSpec } from '../../../../model/cluster/cni/calico';
import type { CalicoEncapsulation } from '../../../../model/cluster/cni/calico-pool';
import type { ClusterProfile } from '../../../../model/cluster/profile';
import type { CalicoPool } from '../../../../model/fabric/plugins/calico/pools';
import { bitsOf } from '../../../../model/values/cidr';
import { type Cidr, CidrSet, formatCidr } from '../../../../model/values/cidr-set';
import { list, objectOf, said } from './objects';

/** How an IPPool says how packets to it are wrapped. */
const MODES: Readonly<Record<CalicoEncapsulation, object>> = {
  IPIP: { ipipMode: 'Always' },
  IPIPCrossSubnet: { ipipMode: 'CrossSubnet' },
  VXLAN: { vxlanMode: 'Always' },
  VXLANCrossSubnet: { vxlanMode: 'CrossSubnet' },
  None: {},
};

/**
 * Whether the Installation has the pool: the operator takes what lies in the cluster's range of pods alone, so that pools of
 * load balancers, and those which only spare a range from masquerading, are objects of their own.
 */
export function isOfInstallation(
  { isForPods, isForLoadBalancers, cidr }: CalicoPool,
  { podCidr }: ClusterProfile,
): boolean {
  return isForPods || (!isForLoadBalancers && podCidr.covers(CidrSet.of(cidr)));
}

/** A pool as the Installation has it: only what is said, the rest the operator fills in. */
export function installationPool({ cidr, spec: own, ...pool }: CalicoPool, spec: CalicoSpec): object {
  const isSaid = (option: 'encapsulation' | 'blockSize' | 'natOutgoing') =>
    own?.[option] !== undefined || (pool.isForPods && spec[option] !== undefined && pool.fieldOf(option)[0] === 'cni');
  return said({
    name: own?.name,
    cidr: formatCidr(cidr),
    encapsulation: isSaid('encapsulation') ? pool.encapsulation : undefined,
    blockSize: isSaid('blockSize') ? pool.blockSize : undefined,
    natOutgoing: isSaid('natOutgoing') ? (pool.natOutgoing ? 'Enabled' : 'Disabled') : undefined,
    nodeSelector: own?.nodeSelector,
    disableNewAllocations: own?.disabled ? true : undefined,
    allowedUses: list(own?.allowedUses),
  });
}

/** The same as an object: what it leaves out means no wrapping and no masquerading, whatever the operator would do. */
export function ipPool(
  { cidr, spec: own, encapsulation, blockSize, natOutgoing }: CalicoPool,
  name: string,
): ApiObjectProps {
  return objectOf('projectcalico.org/v3', 'IPPool', name, {
    ...said({
      cidr: formatCidr(cidr),
      ...MODES[encapsulation],
      blockSize,
      natOutgoing: natOutgoing ? true : undefined,
    }),
    ...said({
      nodeSelector: own?.nodeSelector,
      disabled: own?.disabled ? true : undefined,
      allowedUses: list(own?.allowedUses),
    }),
  });
}

/** Names as the operator gives them: that of the default pool to the first of a family, else one after the range. */
export function poolNames(pools: readonly CalicoPool[]): readonly string[] {
  const firsts = ([4, 6] as const).map((family) =>
    pools.find(({ cidr, isForPods }) => isForPods && cidr.family === family),
  );
  return pools.map((pool) => {
    if (pool.spec?.name !== undefined) return pool.spec.name;
    return firsts.includes(pool) ? `default-ipv${pool.cidr.family}-ippool` : nameAfter(pool.cidr);
  });
}

function nameAfter(cidr: Cidr): string {
  if (cidr.family === 4) return formatCidr(cidr).replace('/', '-');
  const digits = cidr.base.toString(16).padStart(bitsOf(6) / 4, '0');
  return `${digits.match(/.{4}/g)?.join('.')}-${cidr.prefix}`;
}
