import type { CalicoSpec } from '../../../../cluster/cni/calico';
import type { FabricLint } from '../../../../finding/fabric-lint';
import { formatCidr } from '../../../../values/cidr';
import { refusal } from '../../refusal';
import type { CalicoPool } from '../pools';

/** What pools ask of the packets: PTL315. */
export function modeObjections(spec: CalicoSpec, pools: readonly CalicoPool[]): readonly FabricLint[] {
  return [
    ...pools.filter(({ isForPods }) => isForPods).flatMap(ipInIpOfIpv6),
    ...pools.flatMap((pool) => vxlanByHostLocal(spec, pool)),
    ...pools.flatMap(ofLoadBalancers),
  ];
}

function ipInIpOfIpv6({ cidr, encapsulation, fieldOf }: CalicoPool): readonly FabricLint[] {
  if (cidr.family === 4 || !encapsulation.startsWith('IPIP')) return [];
  const problem = `IP-in-IP wraps IPv4 only, and ${formatCidr(cidr)} is of IPv6: Calico refuses such a pool (NP-38).`;
  const expected =
    'take VXLAN, VXLANCrossSubnet or None for pools of IPv6, each with an `encapsulation` of its own in `pools`';
  return [refusal(fieldOf('encapsulation'), 'encapsulation', problem, expected)];
}

function vxlanByHostLocal(
  { ipam }: CalicoSpec,
  { isForPods, encapsulation, fieldOf }: CalicoPool,
): readonly FabricLint[] {
  if (ipam !== 'host-local' || !isForPods || !encapsulation.startsWith('VXLAN')) return [];
  const problem =
    'Calico finds the node behind a VXLAN tunnel by its blocks, which host-local does not take: the operator refuses it (NET-02).';
  return [refusal(fieldOf('encapsulation'), 'encapsulation', problem, 'take `ipam: calico`, or IPIP or None')];
}

/** Addresses of load balancers are told to routers by BGP and never wrapped, belong to no node, and are no pod's. */
function ofLoadBalancers({ spec, isForLoadBalancers, encapsulation, field }: CalicoPool): readonly FabricLint[] {
  if (!spec || !isForLoadBalancers) return [];
  const refused = (option: string, problem: string, expected: string) => [
    refusal([...field.slice(0, -1), option], option, `${problem}: Calico refuses such a pool (NET-03).`, expected),
  ];
  if (spec.allowedUses?.some((use) => use !== 'LoadBalancer')) {
    return refused('allowedUses', "An address is a load balancer's or a pod's", 'make two pools of it');
  }
  const isOfAll = spec.nodeSelector === undefined || spec.nodeSelector === 'all()';
  return [
    ...(encapsulation === 'None'
      ? []
      : refused('encapsulation', 'What goes to load balancers is never wrapped', 'take `None`')),
    ...(isOfAll ? [] : refused('nodeSelector', 'Load balancers are of no node', 'leave it out')),
  ];
}
