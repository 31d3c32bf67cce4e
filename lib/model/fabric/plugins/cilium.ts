import type { CiliumSpec } from '../../cluster/cni/cilium';
import type { ClusterProfile } from '../../cluster/profile';
import type { IpFamily } from '../../values/ip';
import type { Doubt } from '../../values/ternary';
import type { Carriage, Encapsulation, Fabric, Link, Masquerade, NodeTraffic, PodBlocks } from '../fabric';
import type { FabricPlugin } from '../plugin';
import { ciliumObjections, NO_ROUTE } from './cilium/objections';
import { familiesOf, fits, maskSizesOf, ownPools, poolsOf } from './cilium/pools';

/** NET-06: Cilium's own figures (`pkg/mtu`), that of tunnels by the family of the nodes, of WireGuard for IPv6 whatever they have. */
const TUNNEL_OVERHEAD = { ipv4: 50, ipv6: 70 } as const;
const ENCRYPTION = {
  wireguard: { name: 'WireGuard', overhead: 80 },
  ipsec: { name: 'IPsec', overhead: 77 },
} as const;
/** NET-11 */
const TUNNELS = {
  vxlan: { name: 'VXLAN', port: 8472, device: 'cilium_vxlan' },
  geneve: { name: 'Geneve', port: 6081, device: 'cilium_geneve' },
} as const;
const WIREGUARD_PORT = 51_871;
const HEALTH_PORT = 4240;
const BGP_PORT = 179;
const ESP = 50;
/** What the ip-masq-agent leaves alone beside what it is told. */
const LINK_LOCAL = '169.254.0.0/16';

const ROUTES_DOUBT: Doubt = {
  rule: 'NET-04',
  wouldDecide:
    'who brings packets to the pods of other nodes: `autoDirectNodeRoutes`, or `routes` of the underlay or by BGP',
};

/**
 * Cilium: tunnels between all nodes, or packets as they are by routes that somebody else has; its operator gives each node a
 * part of its pools.
 */
export const ciliumFabric: FabricPlugin<CiliumSpec> = {
  describe: (spec, profile): Fabric => ({
    links: familiesOf(spec, profile).map((family) => linkOf(spec, family)),
    blocks: blocksOf(spec, profile),
    podRanges: ownPools(spec, profile),
    podMtu: spec.mtu === undefined ? undefined : { bytes: spec.mtu - overheadOf(spec), field: ['cni', 'mtu'] },
    nodeTraffic: nodeTrafficOf(spec),
    masquerade: masqueradeOf(spec),
  }),
  objections: ciliumObjections,
};

function linkOf(spec: CiliumSpec, family: IpFamily): Link {
  const encapsulation = encapsulationOf(spec);
  // What is encrypted travels in what encrypts it, or that in it.
  const isTunnel = spec.routingMode !== 'native' && spec.encryption === undefined;
  const udpPort = isTunnel ? tunnelPortOf(spec) : undefined;
  const carried: Carriage = encapsulation ? { by: 'encapsulation', encapsulation, udpPort } : { by: 'none' };
  if (spec.routingMode !== 'native' || spec.routes !== undefined) return { family, within: carried, across: carried };
  if (spec.autoDirectNodeRoutes) return { family, within: carried, across: { by: 'unreachable', because: NO_ROUTE } };
  const open: Carriage = { by: 'open', doubt: ROUTES_DOUBT };
  return { family, within: open, across: open };
}

function tunnelPortOf({ tunnelProtocol = 'vxlan', tunnelPort }: CiliumSpec): number {
  return tunnelPort ?? TUNNELS[tunnelProtocol].port;
}

/** What a tunnel or the encryption makes of a packet between nodes; `undefined` where it goes as it is. */
function encapsulationOf(spec: CiliumSpec): Encapsulation | undefined {
  const { routingMode, tunnelProtocol = 'vxlan', encryption } = spec;
  const shared = { overhead: overheadOf(spec), isEncrypted: encryption !== undefined };
  const wireguard = encryption === 'wireguard' ? { device: 'cilium_wg0' } : {};
  if (routingMode === 'native') {
    return encryption && { name: ENCRYPTION[encryption].name, ...shared, ...wireguard };
  }
  const { name, device } = TUNNELS[tunnelProtocol];
  return { name: encryption ? `${name} and ${ENCRYPTION[encryption].name}` : name, ...shared, device };
}

function overheadOf({ routingMode, underlayProtocol = 'ipv4', encryption }: CiliumSpec): number {
  const ofTunnel = routingMode === 'native' ? 0 : TUNNEL_OVERHEAD[underlayProtocol];
  return ofTunnel + (encryption ? ENCRYPTION[encryption].overhead : 0);
}

/** Where a part of the wanted length can't be cut from a pool, nodes have none. */
function blocksOf(spec: CiliumSpec, profile: ClusterProfile): PodBlocks {
  if (spec.ipam?.mode === 'kubernetes') return { by: 'node-cidr' };
  const maskSize = maskSizesOf(spec);
  const isCut = poolsOf(spec, profile).every(({ cidr }) => fits(cidr, maskSize[cidr.family]));
  return isCut ? { by: 'own-node-cidr', maskSize } : { by: 'unknown' };
}

/** NET-11: of IPsec in tunnels the one or the other is outside, by the version. */
function nodeTrafficOf(spec: CiliumSpec): readonly NodeTraffic[] {
  const { routingMode, tunnelProtocol = 'vxlan', encryption, routes } = spec;
  const { name } = TUNNELS[tunnelProtocol];
  const traffic = (purpose: string, over: NodeTraffic['over'], isTold: boolean): readonly NodeTraffic[] =>
    isTold ? [{ purpose: `${purpose} of Cilium`, over }] : [];
  return [
    ...traffic(name, { protocol: 'UDP', port: tunnelPortOf(spec) }, routingMode !== 'native'),
    ...traffic('WireGuard', { protocol: 'UDP', port: WIREGUARD_PORT }, encryption === 'wireguard'),
    ...traffic('IPsec', { ipProtocol: ESP }, encryption === 'ipsec'),
    ...traffic('health checks', { protocol: 'TCP', port: HEALTH_PORT }, true).map(
      (each): NodeTraffic => ({ ...each, carries: 'health' }),
    ),
    ...traffic('BGP', { protocol: 'TCP', port: BGP_PORT }, routes === 'bgp').map(
      (each): NodeTraffic => ({ ...each, from: 'bgp-peers', carries: 'routes' }),
    ),
  ];
}

/** NET-04 */
function masqueradeOf({ masquerade, ipv4NativeRoutingCidr, ipv6NativeRoutingCidr }: CiliumSpec): Masquerade {
  const { enabled = true, nonMasqueradeCidrs } = masquerade ?? {};
  const native = [ipv4NativeRoutingCidr, ipv6NativeRoutingCidr].filter((cidr) => cidr !== undefined);
  const byAgent = nonMasqueradeCidrs === undefined ? [] : [...[nonMasqueradeCidrs].flat(), LINK_LOCAL];
  return { outgoing: enabled, exceptTo: [...native, ...byAgent] };
}
