import { backendOf, carriesIpv6, type FlannelSpec } from '../../cluster/cni/flannel';
import type { FlannelBackend } from '../../cluster/cni/flannel-backend';
import type { ClusterProfile } from '../../cluster/profile';
import type { IpFamily } from '../../values/ip';
import type { Carriage, Encapsulation, Fabric, Link, NodeTraffic } from '../fabric';
import type { FabricPlugin } from '../plugin';
import { flannelObjections } from './flannel-objections';

/** NET-06: Flannel's own figures. WireGuard's is for IPv6 whichever family the nodes have. */
const VXLAN_OVERHEAD: Readonly<Record<IpFamily, number>> = { 4: 50, 6: 70 };
const WIREGUARD_OVERHEAD = 80;
const UDP_OVERHEAD = 28;
const IPIP_OVERHEAD = 20;
/** What it takes off the MTU of its interface for VXLAN, whichever family the nodes have. */
const VXLAN_ROOM = 50;

const HOST_GATEWAY =
  'The backend host-gw routes to a node by its address, and a router between two nodes knows no pods.';

/**
 * Flannel: the backend takes packets between nodes, each of which has the part of the pod ranges that Kubernetes gives it
 * (`--kube-subnet-mgr`). From its documentation and source.
 */
export const flannelFabric: FabricPlugin<FlannelSpec> = {
  describe: (spec, profile): Fabric => {
    const backend = backendOf(spec);
    const families = profile.families.filter((family) => family === 4 || carriesIpv6(backend));
    return {
      links: families.map((family) => linkOf(backend, family)),
      blocks: { by: 'node-cidr' },
      podMtu: podMtuOf(backend),
      nodeTraffic: nodeTrafficOf(backend, families),
      masquerade: { outgoing: spec.ipMasq !== false, exceptTo: families.map((family) => MULTICAST[family]) },
    };
  },
  objections: (spec: FlannelSpec, profile: ClusterProfile) => flannelObjections(spec, profile),
};

/** Its rules leave multicast alone. */
const MULTICAST: Readonly<Record<IpFamily, string>> = { 4: '224.0.0.0/4', 6: 'ff00::/8' };

function linkOf(backend: FlannelBackend, family: IpFamily): Link {
  if (backend.type === 'host-gw')
    return { family, within: { by: 'none' }, across: { by: 'unreachable', because: HOST_GATEWAY } };
  const wrapped: Carriage = {
    by: 'encapsulation',
    encapsulation: encapsulationOf(backend, family),
    udpPort: backend.type === 'vxlan' ? vxlanPortOf(backend) : undefined,
  };
  const isDirect = 'directRouting' in backend && backend.directRouting === true;
  return { family, within: isDirect ? { by: 'none' } : wrapped, across: wrapped };
}

function encapsulationOf(backend: Exclude<FlannelBackend, { type: 'host-gw' }>, family: IpFamily): Encapsulation {
  switch (backend.type) {
    case 'vxlan': {
      const device = `${family === 4 ? 'flannel' : 'flannel-v6'}.${backend.vni ?? 1}`;
      return { name: 'VXLAN', overhead: VXLAN_OVERHEAD[family], isEncrypted: false, device };
    }
    case 'wireguard': {
      const device = family === 4 ? 'flannel-wg' : 'flannel-wg-v6';
      return { name: 'WireGuard', overhead: WIREGUARD_OVERHEAD, isEncrypted: true, device };
    }
    case 'udp':
      return { name: 'UDP', overhead: UDP_OVERHEAD, isEncrypted: false, device: 'flannel0' };
    case 'ipip':
      return { name: 'IP-in-IP', overhead: IPIP_OVERHEAD, isEncrypted: false, device: 'flannel.ipip' };
  }
}

/** NET-06: what pods get where the backend is told how large its packets may be; else it asks the node's interface. */
function podMtuOf(backend: FlannelBackend): Fabric['podMtu'] {
  if (!('mtu' in backend) || backend.mtu === undefined) return undefined;
  const room = backend.type === 'vxlan' ? VXLAN_ROOM : WIREGUARD_OVERHEAD;
  return { bytes: backend.mtu - room, field: ['cni', 'backend', 'mtu'] };
}

function vxlanPortOf({ port = 8472 }: { readonly port?: number }): number {
  return port;
}

/** NET-11 */
function nodeTrafficOf(backend: FlannelBackend, families: readonly IpFamily[]): readonly NodeTraffic[] {
  const udp = (name: string, port: number): NodeTraffic => ({
    purpose: `${name} of Flannel`,
    over: { protocol: 'UDP', port },
  });
  switch (backend.type) {
    case 'vxlan':
      return [udp('VXLAN', vxlanPortOf(backend))];
    case 'udp':
      return [udp('UDP backend', backend.port ?? 8285)];
    case 'wireguard':
      return families.map((family) =>
        family === 4 ? udp('WireGuard', backend.port ?? 51_820) : udp('WireGuard for IPv6', backend.portV6 ?? 51_821),
      );
    case 'ipip':
      return [{ purpose: 'IP-in-IP of Flannel', over: { ipProtocol: 4 } }];
    case 'host-gw':
      return [];
  }
}
