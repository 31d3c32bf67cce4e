import type { PodSelection } from '../../model/cluster/pod-selection';
import type { PodGroup } from '../../model/cluster/workload';
import type { Network } from '../../model/network';
import type { End } from '../../model/reach/policy-hops';
import type { CidrSet } from '../../model/values/cidr-set';
import type { Checked } from '../checked';
import type { Intent } from '../intent';
import { type Resolved, resolveEndpoint } from '../resolve';
import { missingPort, podsBehind } from '../targets';
import { type Breach, breachOf, trafficTo } from '../ways';
import { brokenBy } from './not-to-reach';
import { broken, keptOut, vacuous } from './results';

/**
 * `expect(x).toBeReachedOnlyBy(a, b)`: whoever is not a, b or x itself gets to x on no way: declared pods, strangers that
 * a rule could mean, other nodes and everything outside. It does not promise that a and b do.
 */
export function checkToBeReachedOnlyBy(
  intent: Intent & { verb: 'toBeReachedOnlyBy' },
  network: Network,
): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  const sources = intent.sources.map((ref) => resolveEndpoint(ref, network.cluster));
  const label = sources.length === 0 ? 'nobody' : sources.map((source) => source.label).join(', ');
  if (subject.nothing) return [vacuous(intent, subject, 'subject', { label })];
  const missing = missingPort(network, subject);
  if (missing) return [broken(intent, subject, { label }, { ...missing, role: 'subject' })];
  const pods = podsBehind(network, subject);
  if (pods.length === 0) return [vacuous(intent, subject, 'subject', { label })];
  const others = everybodyBut(network, sources, pods);
  const breaches = pods.flatMap((pod) =>
    others.flatMap((from) => breachOf(network, from, { pod }, trafficTo(subject, pod)) ?? []),
  );
  if (breaches.length === 0) return [keptOut(intent, subject, { label }, { entering: pods }, network)];
  return [brokenBy(intent, subject, { label }, withoutEchoes(breaches, network), 'PTL113', network)];
}

/** A stranger tells nothing new beside a declared pod that it could be, or a stranger of a wider kind. */
function withoutEchoes(breaches: readonly Breach[], network: Network): readonly Breach[] {
  const { cluster } = network;
  const sources = breaches.flatMap(({ pair }) => pair.source ?? []);
  const declared = sources.filter((pod) => pod.provenance !== 'stranger');
  const kinds = new Set(sources.flatMap((pod) => cluster.selectionOfStranger(pod) ?? []));
  return breaches.filter(({ pair }) => {
    const own = pair.source && cluster.selectionOfStranger(pair.source);
    if (!own) return true;
    const isDeclared = declared.some(
      (pod) => own.pods.match(pod.labels) === 'yes' && own.namespaces.match(pod.namespace.labels) === 'yes',
    );
    return !isDeclared && ![...kinds].some((wider) => wider !== own && covers(wider, own));
  });
}

function everybodyBut(network: Network, sources: readonly Resolved[], own: readonly PodGroup[]): readonly End[] {
  const { cluster } = network;
  const listed = new Set(sources.flatMap((source) => podsBehind(network, source)));
  const workloads = new Set(own.map((pod) => pod.workload));
  const selections = sources.flatMap((source) => source.selections);
  const pods = cluster.pods.filter((pod) => {
    if (listed.has(pod) || workloads.has(pod.workload)) return false;
    const stranger = cluster.selectionOfStranger(pod);
    if (!stranger) return true;
    return !selections.some((selection) => covers(selection, stranger)) && !isOwnKind(stranger, own);
  });
  const rest = (all: CidrSet) =>
    sources.reduce((left, source) => (source.anyOneAddress ? left : left.minus(source.addresses)), all);
  const outside = rest(cluster.outside);
  return [
    ...pods.map((pod): End => ({ pod })),
    ...network.parts(outside).map((part): End => ({ addresses: part, label: labelOf(part, outside) })),
    // Which node it is nobody says, and its own one is left out (NP-30).
    ...network
      .parts(rest(cluster.profile.nodeCidr))
      .map((part): End => ({ addresses: part, label: 'another node', node: '' })),
  ];
}

/** Every pod that the stranger stands for is one that the promise lists. */
function covers(listed: PodSelection, stranger: PodSelection): boolean {
  return stranger.pods.implies(listed.pods) && stranger.namespaces.implies(listed.namespaces);
}

/** A pod that carries the labels of the target is one of the target's own. */
function isOwnKind(stranger: PodSelection, own: readonly PodGroup[]): boolean {
  return own.some(
    ({ workload, namespace }) =>
      workload.selector !== undefined &&
      stranger.pods.implies(workload.selector) &&
      stranger.namespaces.match(namespace.labels) === 'yes',
  );
}

function labelOf(part: CidrSet, all: CidrSet): string {
  return part.equals(all) ? 'every address outside' : `outside (${part})`;
}
