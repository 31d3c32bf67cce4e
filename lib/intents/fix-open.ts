import { inNamespace } from '../model/cluster/pod-selection';
import type { PodGroup } from '../model/cluster/workload';
import type { NetworkPolicyResource, NetworkPolicyRule, Resource } from '../model/manifest/resources';
import type { PairVerdict, PolicyHop } from '../model/reach/verdict';
import type { LabelSelector } from '../model/values/label-selector';
import type { Protocol } from '../model/values/traffic-set';
import type { Change } from './change';
import type { Broken } from './checked';
import { isPolicy } from './diagnose';
import { isYaml, ownLabels, peerYaml, podsCode, policyYaml } from './fix-code';
import { newPolicy } from './new-resources';

/** NP-05: the missing rule, at each end that lacks it: in a policy of its own, which isolates nobody who was not before. */
export function openEnds({ example, blame }: Broken, resources: readonly Resource[]): readonly Change[] {
  const stops = example?.hops.filter((hop): hop is PolicyHop => isPolicy(hop) && hop.decision === 'stops') ?? [];
  const openings = stops.flatMap((stop) => openingOf(stop, example!) ?? []);
  if (stops.length === 0 || openings.length < stops.length) return [];
  const code = openings.map((opening) => (isYaml(blame) ? yamlOf(opening) : programOf(opening)));
  const summary = openings.length === 2 ? 'add the missing rule at both ends' : 'add the missing rule';
  return [
    {
      fix: { summary, add: code.join('\n') },
      resources: [...resources, ...openings.map(policyOf)],
    },
  ];
}

/** Who is to be let out to whom, or in from whom, and by which port. */
interface Opening {
  readonly direction: 'ingress' | 'egress';
  readonly at: PodGroup;
  readonly own: LabelSelector;
  readonly other: PodGroup;
  readonly peer: LabelSelector;
  readonly port: number;
  readonly protocol: Protocol;
}

/** `undefined` where no labels would tell the pods of an end from others. */
function openingOf({ hop, at, traffic }: PolicyHop, { source, target }: PairVerdict): Opening | undefined {
  const other = at === source ? target : source;
  const [port, protocol] = traffic.split('/');
  if (!other || (at !== source && at !== target)) return undefined;
  const [own, peer] = [ownLabels(at), ownLabels(other)];
  // NP-28: labels don't lead to pods on the network of their node.
  if (at.hostNetwork || other.hostNetwork) return undefined;
  if (!own || !peer || Number.isNaN(Number(port))) return undefined;
  const direction = hop === 'egress-policy' ? 'egress' : 'ingress';
  return { direction, at, own, other, peer, port: Number(port), protocol: protocol as Protocol };
}

function policyOf(opening: Opening): NetworkPolicyResource {
  const { direction, at, own, port, protocol } = opening;
  const rule: NetworkPolicyRule = {
    peers: [peerOf(opening)],
    ports: [{ type: 'range', protocol, first: port, last: port }],
    field: ['spec', direction, 0],
  };
  const about = { name: nameOf(opening), namespace: at.namespace.name, podSelector: own };
  return newPolicy({ ...about, [direction]: [rule] });
}

function peerOf({ at, other, peer }: Opening) {
  const namespaceSelector = other.namespace.name === at.namespace.name ? undefined : inNamespace(other.namespace.name);
  return { type: 'pods' as const, namespaceSelector, podSelector: peer };
}

function nameOf({ direction, at, other }: Opening): string {
  return direction === 'egress'
    ? `${at.workload.name}-to-${other.workload.name}`
    : `${at.workload.name}-from-${other.workload.name}`;
}

function programOf(opening: Opening): string {
  const { direction, at, own, other, peer, port, protocol } = opening;
  const home = at.namespace.name;
  const number = protocol === 'TCP' ? port : `Port.${protocol.toLowerCase()}(${port})`;
  const [field, side] = direction === 'egress' ? ['allowTo', 'to'] : ['allowFrom', 'from'];
  const rule = `${field}: [{ ${side}: [${podsCode(other, peer, home)}], ports: [${number}] }]`;
  const code = `new NetworkPolicy(this, '${nameOf(opening)}', { appliesTo: ${podsCode(at, own, home)}, ${rule} });`;
  return `${code}   in the chart of namespace ${home}`;
}

function yamlOf(opening: Opening): string {
  const { direction, at, own, port, protocol } = opening;
  return policyYaml({ name: nameOf(opening), namespace: at.namespace.name }, own, direction, [
    ...peerYaml(direction === 'egress' ? 'to' : 'from', peerOf(opening)),
    `ports: [{ port: ${port}${protocol === 'TCP' ? '' : `, protocol: ${protocol}`} }]`,
  ]);
}
