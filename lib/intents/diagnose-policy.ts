import { inNamespace, selectionOf } from '../model/cluster/pod-selection';
import { DNS_PORT } from '../model/dns/lookup';
import type { NetworkPolicyPeer, NetworkPolicyResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { NearMiss } from '../model/policy/explain';
import type { RuleOrigin } from '../model/policy/language';
import { podLabel } from '../model/reach/policy-hops';
import type { PairVerdict, PolicyHop } from '../model/reach/verdict';
import { policyMeantFor } from './diagnose-absent';
import { hasNumber, otherEnd, podsAtHome, protocolOfAnother } from './diagnose-near-rule';
import type { Diagnosis } from './diagnosis';
import type { Cause } from './finding';
import { nearestLabel } from './nearest-label';
import { policyOf, ruleOf } from './policy-rules';

/** Which rule was meant for the flow, and why it does not match; else that nothing allows it. */
export function causeOfPolicyStop(stop: PolicyHop, pair: PairVerdict, network: Network): Diagnosis {
  const denial = denialIn(stop);
  if (denial) return { cause: { code: 'PTL105', stop, denial }, blame: denial.origin };
  const other = otherEnd(stop, pair);
  if (other?.hostNetwork) {
    const cause = { code: 'PTL101' as const, stop, onNodeNetwork: podLabel(other) };
    return { cause, blame: other.workload.origin };
  }
  return (
    portOfNoContainer(stop, pair) ??
    portOfTheService(stop, pair) ??
    protocolOfAnother(stop, network) ??
    podsAtHome(stop, pair, network) ??
    peerOfNobody(stop, pair, network) ??
    policyMeantFor(stop, network) ?? {
      cause: { code: 'PTL101', stop },
      blame: isolatorOf(stop, network)?.origin,
    }
  );
}

/** The rule that denies in so many words, where one does: policies that only isolate have no such rules. */
export function denialIn({ decision, decidedBy }: PolicyHop): RuleOrigin | undefined {
  return decision === 'stops' ? decidedBy.find(({ index }) => index !== undefined) : undefined;
}

/** SVC-06: a number that no container declares, where a rule names a port that one does: the Service is wrong, not the rule. */
function portOfNoContainer({ nearMisses }: PolicyHop, { hops, target }: PairVerdict): Diagnosis | undefined {
  const hop = hops.find((each) => each.hop === 'service');
  if (hop?.hop !== 'service' || !hop.service || !target) return undefined;
  const port = hop.service.ports.find((p) => p.port === hop.port || p.name === hop.port);
  const own = target.ports.filter(({ protocol }) => protocol === port?.protocol);
  if (typeof port?.targetPort !== 'number' || own.some((p) => p.port === port.targetPort)) return undefined;
  const meant = own.find((p) => nearMisses.some((m) => m.missed === 'traffic' && namesPort(m, p.port)));
  if (!meant) return undefined;
  const { namespace, name, origin } = hop.service;
  const cause = {
    code: 'PTL204' as const,
    service: `${namespace}/${name}`,
    port: port.port,
    targetPort: String(port.targetPort),
    isNumber: true as const,
    selected: [podLabel(target)],
    has: own.map((p) => `${p.name ?? ''} ${p.port}/${p.protocol}`.trim()),
    didYouMean: meant.name ?? String(meant.port),
  };
  return { cause, blame: origin };
}

/** NP-19: policies see the container port; a rule that names the Service port matches nothing. */
function portOfTheService(stop: PolicyHop, pair: PairVerdict): Diagnosis | undefined {
  const service = pair.hops.find((hop) => hop.hop === 'service');
  if (service?.hop !== 'service' || !service.service) return undefined;
  const port = service.service.ports.find((p) => p.port === service.port || p.name === service.port);
  const containerPort = Number(stop.traffic.split('/')[0]);
  if (!port || port.port === containerPort) return undefined;
  const miss = stop.nearMisses.find((m) => m.missed === 'traffic' && namesPort(m, port.port));
  if (!miss) return undefined;
  return { cause: { code: 'PTL103', stop, miss, servicePort: port.port, containerPort }, blame: miss.rule.origin };
}

function namesPort(miss: NearMiss, port: number): boolean {
  return miss.wants.traffic.split(', ').some((wanted) => wanted.startsWith(`${port}/`));
}

/** A rule with the right port whose peer selects nobody that is declared was meant for somebody. */
function peerOfNobody(stop: PolicyHop, pair: PairVerdict, network: Network): Diagnosis | undefined {
  const other = otherEnd(stop, pair);
  if (!other) return undefined;
  for (const miss of stop.nearMisses.filter((m) => m.missed === 'peer')) {
    const policy = policyOf(miss.rule, network.cluster.networkPolicies);
    const rule = ruleOf(miss.rule, network.cluster.networkPolicies);
    for (const peer of rule?.peers ?? []) {
      if (peer.type !== 'pods') continue;
      const found =
        namespaceOfNobody(stop, miss, peer, other.namespace.name, network) ??
        podsOfNobody(stop, miss, peer, policy!, network);
      if (found) return { cause: found, blame: miss.rule.origin };
    }
  }
  return undefined;
}

function namespaceOfNobody(
  stop: PolicyHop,
  miss: NearMiss,
  peer: NetworkPolicyPeer & { type: 'pods' },
  wanted: string,
  network: Network,
): Cause | undefined {
  const selector = peer.namespaceSelector;
  if (!selector || network.cluster.namespaces.all.some((n) => selector.match(n.labels) !== 'no')) return undefined;
  const namespace = network.cluster.namespaces.get(wanted);
  const carrier = network.cluster.podsIn(wanted).find((pod) => selector.match(pod.labels) === 'yes')?.workload;
  return {
    code: 'PTL112',
    stop,
    miss,
    selector: selector.toString(),
    namespace: wanted,
    namespaceLabels: [...namespace.labels.known].map(([key, value]) => `${key}=${value}`),
    declared: namespace.declaredBy !== undefined,
    carrier: carrier && { name: carrier.name, origin: carrier.origin },
  };
}

function podsOfNobody(
  stop: PolicyHop,
  miss: NearMiss,
  peer: NetworkPolicyPeer & { type: 'pods' },
  policy: NetworkPolicyResource,
  network: Network,
): Cause | undefined {
  const selection = selectionOf(peer, inNamespace(policy.namespace));
  const declared = network.cluster.pods.filter((pod) => pod.provenance !== 'stranger');
  const inReach = declared.filter((pod) => selection.namespaces.match(pod.namespace.labels) !== 'no');
  if (inReach.length === 0 || inReach.some((pod) => selection.pods.match(pod.labels) !== 'no')) return undefined;
  const didYouMean = nearestLabel(
    selection.pods,
    inReach.map((pod) => pod.labels.known),
  );
  return { code: 'PTL111', stop, miss, selector: selection.pods.toString(), didYouMean };
}

/**
 * The policy to blame for a denial: the one that was written for the fewest pods, and so with this one in mind. A lookup is
 * another matter where no policy of the namespace lets anybody look up names: then the widest forgot it for all.
 */
export function isolatorOf(stop: PolicyHop, network: Network): RuleOrigin | undefined {
  const policies = stop.decidedBy.flatMap((origin) => {
    const policy = policyOf(origin, network.cluster.networkPolicies);
    return policy ? [{ origin, width: widthOf(policy, network) }] : [];
  });
  const byWidth = policies.sort((a, b) => a.width - b.width);
  const blamed = isForgottenLookup(stop, network) ? byWidth.at(-1) : byWidth[0];
  return blamed?.origin ?? stop.decidedBy[0];
}

function widthOf({ namespace, podSelector }: NetworkPolicyResource, { cluster }: Network): number {
  return cluster.podsIn(namespace).filter((pod) => podSelector.match(pod.labels) !== 'no').length;
}

function isForgottenLookup({ hop, at, traffic }: PolicyHop, { cluster }: Network): boolean {
  if (hop !== 'egress-policy' || !/^53\//.test(traffic)) return false;
  const own = cluster.networkPolicies.filter(({ namespace }) => namespace === at.namespace.name);
  return !own.some(({ egress }) => egress.some(({ ports }) => ports.some((port) => hasNumber(port, DNS_PORT))));
}
