import type { CalicoSpec } from '../../../cluster/cni/calico';
import type { CalicoEncapsulation } from '../../../cluster/cni/calico-pool';
import type { ClusterProfile } from '../../../cluster/profile';
import type { IpFamily } from '../../../values/ip';
import type { Doubt } from '../../../values/ternary';
import type { Carriage, Encapsulation, Link } from '../../fabric';
import { VXLAN_PORT } from './node-traffic';
import { type CalicoPool, defaultsOf } from './pools';
import { type Knowledge, routesOfNodes, routesOfRouters, routesOfTunnels } from './routes';

type Ways = Pick<Link, 'within' | 'across'>;

/** NET-06: what each takes from a packet, and the device that does. */
const VXLAN: Readonly<Record<IpFamily, Encapsulation>> = {
  4: { name: 'VXLAN', overhead: 50, isEncrypted: false, device: 'vxlan.calico' },
  6: { name: 'VXLAN', overhead: 70, isEncrypted: false, device: 'vxlan-v6.calico' },
};
const IPIP: Encapsulation = { name: 'IP-in-IP', overhead: 20, isEncrypted: false, device: 'tunl0' };
const WIREGUARD: Readonly<Record<IpFamily, Encapsulation>> = {
  4: { name: 'WireGuard', overhead: 60, isEncrypted: true, device: 'wireguard.cali' },
  6: { name: 'WireGuard', overhead: 80, isEncrypted: true, device: 'wg-v6.cali' },
};
const WHICH_POOL: Doubt = {
  rule: 'NET-04',
  wouldDecide: 'from which of the pools the pods get their addresses: between nodes some of them lead nowhere',
};

/** One for each family that pods have; where pools of one differ, the way that asks most of the network. */
export function linksOf(spec: CalicoSpec, pools: readonly CalicoPool[], profile: ClusterProfile): readonly Link[] {
  const ofPods = pools.filter(({ isForPods }) => isForPods);
  return ([4, 6] as const).flatMap((family) => {
    const own = ofPods.filter(({ cidr }) => cidr.family === family);
    if (own.length === 0 && (pools.length > 0 || !profile.families.includes(family))) return [];
    const encapsulations =
      own.length > 0 ? own.map(({ encapsulation }) => encapsulation) : [defaultsOf(family, spec).encapsulation];
    const ways = [...new Set(encapsulations)].map((encapsulation) => waysOf(encapsulation, family, spec));
    return [
      { family, within: hardest(ways.map(({ within }) => within)), across: hardest(ways.map(({ across }) => across)) },
    ];
  });
}

/** The table of a pool's modes: never, across subnets only, always. */
function waysOf(encapsulation: CalicoEncapsulation, family: IpFamily, spec: CalicoSpec): Ways {
  // Between nodes that both have it WireGuard takes the place of what the pool says; Felix sets its routes.
  if (spec.wireguard) return both(wrapped(WIREGUARD[family]));
  const plain = carriedBy(routesOfNodes(spec), { by: 'none' });
  switch (encapsulation) {
    case 'VXLAN':
      return both(wrapped(VXLAN[family], VXLAN_PORT));
    case 'VXLANCrossSubnet':
      // Felix sets the routes of such pools, within a subnet too.
      return { within: { by: 'none' }, across: wrapped(VXLAN[family], VXLAN_PORT) };
    case 'IPIP':
      return both(carriedBy(routesOfTunnels(spec), wrapped(IPIP)));
    case 'IPIPCrossSubnet':
      return {
        within: carriedBy(routesOfTunnels(spec), { by: 'none' }),
        across: carriedBy(routesOfTunnels(spec), wrapped(IPIP)),
      };
    case 'None':
      return { within: plain, across: plain.by === 'none' ? carriedBy(routesOfRouters(spec, family), plain) : plain };
  }
}

function both(carriage: Carriage): Ways {
  return { within: carriage, across: carriage };
}

function wrapped(encapsulation: Encapsulation, udpPort?: number): Carriage {
  return { by: 'encapsulation', encapsulation, udpPort };
}

function carriedBy(routes: Knowledge, carriage: Carriage): Carriage {
  if ('doubt' in routes) return { by: 'open', doubt: routes.doubt };
  return routes.known ? carriage : { by: 'unreachable', because: routes.because };
}

/** Nowhere, if that is where all lead; else what is open, else what takes most of a packet. */
function hardest(ways: readonly Carriage[]): Carriage {
  const blocked = ways.filter(({ by }) => by === 'unreachable');
  if (blocked.length > 0) return blocked.length === ways.length ? blocked[0] : { by: 'open', doubt: WHICH_POOL };
  const open = ways.find(({ by }) => by === 'open');
  if (open) return open;
  const worst = ways.reduce((most, way) => (overheadOf(way) > overheadOf(most) ? way : most));
  // Pods of another pool have another way.
  return worst.by === 'encapsulation' && ways.length > 1 ? { ...worst, udpPort: undefined } : worst;
}

function overheadOf(carriage: Carriage): number {
  return carriage.by === 'encapsulation' ? carriage.encapsulation.overhead : 0;
}
