import type { ServiceResource } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import type { ServiceEndpoint } from '../endpoints';
import { iptables } from './iptables';
import type { AskedFor, ProxyMode } from './mode';

/**
 * A network plugin that serves Services itself, where no kube-proxy runs (Calico's eBPF dataplane, Cilium's kube-proxy
 * replacement). What is the same for sure: a pod's packet for a ClusterIP is translated before any policy sees it and keeps the
 * pod's address, ready endpoints answer, a Local policy keeps clients outside to the endpoints of the node and shows them to
 * policies, nobody answers where nothing is ready. The rest differs by plugin, release and option, and is left open.
 */
export const networkPlugin: ProxyMode = {
  // Packets that no Service takes pass on or are dropped: neither plugin has the addresses of Services on nodes.
  ...iptables,
  masquerading: 'unknown',
  topology: 'unknown',
  nodePorts: 'primary',
  loopbackNodePorts: 'unknown',
  guardsClosedNodePorts: false,
  nodePortDoubt: {
    rule: 'SVC-20',
    wouldDecide: "the node's first address: at which others the network plugin has node ports nobody tells",
  },
  readsKubeProxy: false,
  aboutService,
  aboutPacket,
};

const SCTP: Doubt = { rule: 'NP-09', wouldDecide: 'whether the network plugin serves Services of SCTP' };
const TERMINATING: Doubt = {
  rule: 'SVC-05',
  wouldDecide: 'a ready endpoint: without one the network plugin may use those that are being deleted, or none',
};

/** Annotations by which a plugin changes what its Services do: `service.cilium.io/type`, `io.cilium/global-service` and others. */
const OWN = /^([a-z0-9-]+\.)*(cilium\.io|io\.cilium|projectcalico\.org)\//;

function aboutService(service: ServiceResource, endpoints: readonly ServiceEndpoint[]): readonly Doubt[] {
  const own = [...service.annotations.keys()].filter((key) => OWN.test(key)).sort();
  if (own.length > 0) {
    const what = `what the network plugin makes of Service ${service.namespace}/${service.name} by its annotation ${own[0]}`;
    return [{ rule: 'SVC-33', wouldDecide: what }];
  }
  if (endpoints.some(({ ready, isContested }) => ready || isContested)) {
    return service.ports.some(({ protocol }) => protocol === 'SCTP') ? [SCTP] : [];
  }
  return endpoints.some(({ lastResort }) => lastResort) ? [TERMINATING] : [];
}

const FROM_OUTSIDE: Doubt = {
  rule: 'SVC-15',
  wouldDecide: 'whether the network plugin serves ClusterIPs to clients outside the cluster',
};
const LOCAL_INSIDE: Doubt = {
  rule: 'SVC-13',
  wouldDecide:
    'a traffic policy Cluster: which endpoints a Local one leaves to clients inside is up to the network plugin',
};
const LOCAL_EXTERNAL_IP: Doubt = {
  rule: 'SVC-14',
  wouldDecide: 'whether the network plugin keeps to externalTrafficPolicy Local at externalIPs',
};
const EXTERNAL_IP: Doubt = {
  rule: 'SVC-23',
  wouldDecide: 'whether the network plugin serves externalIPs to clients inside, or lets their packets leave',
};
const RANGES: Doubt = {
  rule: 'SVC-17',
  wouldDecide:
    'a client within loadBalancerSourceRanges: at which addresses, and to whom, the network plugin applies them',
};

function aboutPacket({ claim, source, isAdmitted }: AskedFor): readonly Doubt[] {
  const { service, at } = claim;
  const isInside = source.kind !== 'outside';
  if (at === 'ClusterIP') {
    if (!isInside) return [FROM_OUTSIDE];
    return service.internalTrafficPolicy === 'Local' ? [LOCAL_INSIDE] : [];
  }
  const isLocal = service.externalTrafficPolicy === 'Local';
  return [
    ...(isInside && (isLocal || service.internalTrafficPolicy === 'Local') ? [LOCAL_INSIDE] : []),
    ...(at === 'externalIP' && isInside ? [EXTERNAL_IP] : []),
    ...(at === 'externalIP' && isLocal && !isInside ? [LOCAL_EXTERNAL_IP] : []),
    ...(isAdmitted ? [] : [RANGES]),
  ];
}
