import type { PodGroup } from '../../model/cluster/workload';
import { DNS_PORT, dnsServers } from '../../model/dns/lookup';
import type { Network } from '../../model/network';
import { type End, podLabel } from '../../model/reach/policy-hops';
import { CidrSet } from '../../model/values/cidr-set';
import { PortSet } from '../../model/values/port-set';
import type { Doubt } from '../../model/values/ternary';
import { TrafficSet } from '../../model/values/traffic-set';
import type { Checked } from '../checked';
import type { Intent } from '../intent';
import { everybodyBut, type SparedAddresses, sparedAddresses, unsparedParts, withoutSpared } from '../others';
import { type Resolved, resolveEndpoint } from '../resolve';
import { everySender, missingPort } from '../targets';
import { ANYWHERE, type Breach, breachOf } from '../ways';
import { broken, brokenBy, keptOut, vacuous } from './results';

/**
 * `expect(x).toReachOnly(a, b)`: x gets to nobody but a, b and x itself, on no way: to no declared pod, no stranger that a
 * rule could mean, no other node and no address outside. Lookups at the cluster's DNS are left out: port 53 of the pods in
 * kube-system. It does not promise that x gets to a and b.
 */
export function checkToReachOnly(intent: Intent & { verb: 'toReachOnly' }, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  const targets = intent.targets.map((ref) => resolveEndpoint(ref, network.cluster));
  const label = labelOfListed(targets);
  if (subject.nothing) return [vacuous(intent, subject, 'subject', { label })];
  const pods = everySender(network, subject);
  if (pods.length === 0) return [vacuous(intent, subject, 'subject', { label })];
  for (const target of targets) {
    const missing = missingPort(network, target);
    if (missing) return [broken(intent, subject, target, missing)];
  }
  const breaches = leavingBreaches(network, pods, targets, subject);
  if (breaches.length === 0) {
    return [keptOut(intent, subject, { label }, { leaving: pods, entering: [] }, network)];
  }
  return [brokenBy(intent, subject, { label }, breaches, 'PTL114', network)];
}

export function labelOfListed(listed: readonly Resolved[]): string {
  return listed.length === 0 ? 'nobody' : listed.map((one) => one.label).join(', ');
}

/** Every way out of the pods that is open, or may be, to whoever is not listed. */
export function leavingBreaches(
  network: Network,
  pods: readonly PodGroup[],
  listed: readonly Resolved[],
  subject: Resolved,
): readonly Breach[] {
  const whole = listed.filter(({ port }) => !port);
  const inPart = listed.filter(({ port }) => port);
  const others = everybodyBut(network, whole, subject);
  const spared = [...sparedAddresses(network, listed), ...nodeLocalDns(network)];
  const outward = others.addresses.flatMap((end) => unsparedParts(end, spared));
  return pods.flatMap((pod) => {
    const inward = podsThatMayBeReached(network, pod)
      .filter(others.has)
      .map((to) => ({ end: { pod: to } as End, traffic: withoutSpared(network, withoutDns(network, to), to, inPart) }));
    const found = [...inward, ...outward].flatMap(({ end, traffic }) => {
      return breachOf(network, { pod }, end, traffic, ANYWHERE) ?? [];
    });
    return [...found, ...serviceRangeBreaches(network, pod, listed)];
  });
}

/**
 * By the policies of the source alone: whom these keep it from it reaches on no way.
 * INVARIANT: on every way but through a front door, or by the address of a Service that an egress rule mentions (NP-20), the
 * source's policies see the pod itself.
 */
function podsThatMayBeReached(network: Network, from: PodGroup): readonly PodGroup[] {
  const straight = new Set(network.mayLeaveFor(from));
  const namesAddresses = network.mentions(from, CidrSet.all());
  return network.cluster.pods.filter(
    (pod) =>
      straight.has(pod) || network.frontDoorsOf(pod).length > 0 || (namesAddresses && network.leadsTo(pod).length > 0),
  );
}

/**
 * NP-20, SVC-12: a rule around addresses of the Service range may let the pod get to whatever Service has one of them: of those
 * that nobody declared here nobody knows where they lead.
 */
function serviceRangeBreaches(network: Network, from: PodGroup, listed: readonly Resolved[]): readonly Breach[] {
  const own = [
    network.cluster.servicesIn('kube-system').filter(({ name }) => name === 'kube-dns'),
    ...listed.map((one) => one.services),
  ];
  const known = own.flat().flatMap(({ clusterIps }) => clusterIps);
  const rest = listed
    .reduce((left, one) => left.minus(one.addresses), network.cluster.profile.serviceCidr)
    .minus(CidrSet.ofAddresses(known));
  if (rest.isEmpty || !network.mentions(from, rest)) return [];
  const pair = { from: podLabel(from), to: 'an address of the Service range', source: from, hops: [] };
  return [{ via: 'podIP', pair: { ...pair, outcome: 'unknown', doubts: [SERVICE_RANGE_DOUBT] } }];
}

const SERVICE_RANGE_DOUBT: Doubt = {
  rule: 'NP-20',
  wouldDecide: 'egress rules that name no address of the Service range, or the promise lists it',
};

/** DNS-26, DNS-29: what a lookup needs of a pod is no more than the DNS port, and that of a server's own containers. */
export function withoutDns(network: Network, pod: PodGroup): TrafficSet {
  if (pod.namespace.name !== DNS_NAMESPACE) return TrafficSet.allPorts;
  const servers = dnsServers(network.cluster);
  const own = servers === 'unknown' ? [] : servers.filter((server) => server.pod === pod);
  const udp = PortSet.of(DNS_PORT, ...own.map((server) => server.udp));
  const tcp = PortSet.of(DNS_PORT, ...own.map((server) => server.tcp));
  return TrafficSet.allPorts.minus(TrafficSet.of('UDP', udp)).minus(TrafficSet.of('TCP', tcp));
}

const DNS_NAMESPACE = 'kube-system';

/** DNS-27: the cache of the node has an address of its own. */
export function nodeLocalDns({ cluster }: Network): readonly SparedAddresses[] {
  const { nodeLocal } = cluster.profile.dns;
  if (!nodeLocal) return [];
  const port = PortSet.of(DNS_PORT);
  const traffic = TrafficSet.of('UDP', port).union(TrafficSet.of('TCP', port));
  return [{ addresses: CidrSet.ofAddresses([nodeLocal]), traffic }];
}
