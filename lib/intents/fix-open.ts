import { inNamespace } from '../model/cluster/pod-selection';
import type { PodGroup } from '../model/cluster/workload';
import type { NetworkPolicyResource, NetworkPolicyRule, Resource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { PairVerdict, PolicyHop } from '../model/reach/verdict';
import type { LabelSelector } from '../model/values/label-selector';
import type { Protocol } from '../model/values/traffic-set';
import type { Change } from './change';
import type { Broken } from './checked';
import { isPolicy } from './diagnose';
import { isYaml, ownLabels, peerYaml, podsCode, policyYaml } from './fix-code';
import { freeName, inChartOf, statements } from './free-id';
import { newPolicy } from './new-resources';
import { blocksYaml, type OutsidePeer, outsidePeerOf } from './outside-peer';

/** NP-05: the missing rule, at each end that lacks it: in a policy of its own, which isolates nobody who was not before. */
export function openEnds(
  { example, blame, intent }: Broken,
  resources: readonly Resource[],
  network: Network,
): readonly Change[] {
  const stops = example?.hops.filter((hop): hop is PolicyHop => isPolicy(hop) && hop.decision === 'stops') ?? [];
  const openings = stops.flatMap(
    (stop) => openingOf(stop, example!, () => outsidePeerOf(intent, network), resources) ?? [],
  );
  if (stops.length === 0 || openings.length < stops.length) return [];
  const inYaml = isYaml(blame ?? stops[0].at.workload.origin);
  const code = openings.map((opening) => (inYaml ? yamlOf(opening) : programOf(opening)));
  const summary = openings.length === 2 ? 'add the missing rule at both ends' : 'add the missing rule';
  return [
    {
      fix: { summary, add: statements(...code) },
      resources: [...resources, ...openings.map(policyOf)],
    },
  ];
}

/** Who is to be let out to whom, or in from whom, and by which port. */
interface Opening {
  readonly name: string;
  readonly direction: 'ingress' | 'egress';
  readonly at: PodGroup;
  readonly own: LabelSelector;
  readonly other: { readonly pod: PodGroup; readonly selector: LabelSelector } | OutsidePeer;
  readonly port: number;
  readonly protocol: Protocol;
}

/** `undefined` where no labels would tell the pods of an end from others. */
function openingOf(
  { hop, at, traffic }: PolicyHop,
  { source, target }: PairVerdict,
  outside: () => OutsidePeer | undefined,
  resources: readonly Resource[],
): Opening | undefined {
  const [port, protocol] = traffic.split('/');
  const own = ownLabels(at);
  // NP-28: labels don't lead to pods on the network of their node.
  if ((at !== source && at !== target) || at.hostNetwork || !own || Number.isNaN(Number(port))) return undefined;
  const pod = at === source ? target : source;
  const selector = pod && !pod.hostNetwork ? ownLabels(pod) : undefined;
  const other = pod ? selector && { pod, selector } : outside();
  if (!other) return undefined;
  const direction = hop === 'egress-policy' ? 'egress' : 'ingress';
  const home = { kind: 'NetworkPolicy', namespace: at.namespace.name };
  const name = freeName(nameOf({ direction, at, other }), home, resources);
  return { name, direction, at, own, other, port: Number(port), protocol: protocol as Protocol };
}

function policyOf(opening: Opening): NetworkPolicyResource {
  const { name, direction, at, own, other, port, protocol } = opening;
  const rule: NetworkPolicyRule = {
    peers: 'blocks' in other ? other.blocks : [podsPeer(at, other)],
    ports: [{ type: 'range', protocol, first: port, last: port }],
    field: ['spec', direction, 0],
  };
  const about = { name, namespace: at.namespace.name, podSelector: own };
  return newPolicy({ ...about, [direction]: [rule] });
}

function podsPeer(at: PodGroup, { pod, selector }: { readonly pod: PodGroup; readonly selector: LabelSelector }) {
  const namespaceSelector = pod.namespace.name === at.namespace.name ? undefined : inNamespace(pod.namespace.name);
  return { type: 'pods' as const, namespaceSelector, podSelector: selector };
}

function nameOf({ direction, at, other }: Pick<Opening, 'direction' | 'at' | 'other'>): string {
  const name = 'blocks' in other ? other.name : other.pod.workload.name;
  return `${at.workload.name}-${direction === 'egress' ? 'to' : 'from'}-${name}`;
}

function programOf(opening: Opening): string {
  const { name, direction, at, own, other, port, protocol } = opening;
  const home = at.namespace.name;
  const number = protocol === 'TCP' ? port : `Port.${protocol.toLowerCase()}(${port})`;
  const [field, side] = direction === 'egress' ? ['allowTo', 'to'] : ['allowFrom', 'from'];
  const rule = `${field}: [{ ${side}: [${'blocks' in other ? other.code : podsCode(other.pod, other.selector, home)}], ports: [${number}] }]`;
  const statement = `new NetworkPolicy(this, '${name}', { appliesTo: ${podsCode(at, own, home)}, ${rule} });`;
  return inChartOf(home, statement);
}

function yamlOf(opening: Opening): string {
  const { name, direction, at, own, other, port, protocol } = opening;
  const side = direction === 'egress' ? 'to' : 'from';
  return policyYaml({ name, namespace: at.namespace.name }, own, direction, [
    ...('blocks' in other ? blocksYaml(side, other) : peerYaml(side, podsPeer(at, other))),
    `ports: [{ port: ${port}${protocol === 'TCP' ? '' : `, protocol: ${protocol}`} }]`,
  ]);
}
