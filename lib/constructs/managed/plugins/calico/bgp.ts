import type { ApiObjectProps } from 'cdk8s';
import type { CalicoSpec } from '../../../../model/cluster/cni/calico';
import type { CalicoPeerSpec } from '../../../../model/cluster/cni/calico-bgp';
import { isEmpty, list, objectOf, said } from './objects';

/** The BGPConfiguration and BGPPeers that the options need; none where BGP is off, or is as Calico has it by itself. */
export function bgpObjects(spec: CalicoSpec): Readonly<Record<string, ApiObjectProps>> {
  const { bgp } = spec;
  if (bgp?.enabled === false) return {};
  const ranges = (cidrs: readonly string[] | undefined) => list(cidrs)?.map((cidr) => ({ cidr }));
  const configuration = said({
    nodeToNodeMeshEnabled: bgp?.mesh,
    asNumber: bgp?.asNumber,
    listenPort: bgp?.listenPort,
    serviceClusterIPs: ranges(bgp?.advertise?.clusterIPs),
    serviceExternalIPs: ranges(bgp?.advertise?.externalIPs),
    serviceLoadBalancerIPs: ranges(bgp?.advertise?.loadBalancerIPs),
    // The operator says it for both components; without it each has to be told.
    programClusterRoutes: spec.install === 'manifest' && spec.clusterRoutingMode === 'Felix' ? 'Disabled' : undefined,
  });
  const peers = bgp?.peers ?? [];
  const names = namesOf(peers);
  return {
    ...(isEmpty(configuration)
      ? {}
      : { 'bgp-configuration': objectOf('projectcalico.org/v3', 'BGPConfiguration', 'default', configuration) }),
    ...Object.fromEntries(peers.map((peer, i) => [`bgp-peer-${names[i]}`, bgpPeer(peer, names[i])])),
  };
}

function bgpPeer({ address, asNumber, nodeSelector }: CalicoPeerSpec, name: string): ApiObjectProps {
  return objectOf('projectcalico.org/v3', 'BGPPeer', name, said({ peerIP: address, asNumber, nodeSelector }));
}

/** After the address, and numbered where some nodes speak with a router by one object and others by another. */
function namesOf(peers: readonly CalicoPeerSpec[]): readonly string[] {
  const plain = peers.map(
    ({ name, address }) => name ?? `peer-${address.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.replace(/-+$/, ''),
  );
  return plain.map((name, i) => {
    const before = plain.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before + 1}`;
  });
}
