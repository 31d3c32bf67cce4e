import type { ClusterPolicyPort, ContainerPort, Resource } from '../manifest/resources';
import type { LabelSelector } from '../values/label-selector';
import { closedLabels, type Labels } from '../values/labels';
import { PortSet } from '../values/port-set';
import { PROTOCOLS } from '../values/traffic-set';
import { NAMESPACE_NAME_LABEL, type Namespace, type Namespaces } from './namespaces';
import { inNamespace, type PodSelection } from './pod-selection';
import { namesIn, strangerKinds } from './stranger-kinds';

/** One pod that no manifest declares but that a rule or a promise could mean. */
export interface Stranger {
  readonly selection: PodSelection;
  readonly namespace: Namespace;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
}

/** The name that a namespace made elsewhere goes by where nothing pins its name. */
const SOME_NAMESPACE = '(another namespace)';

/** The open universe: one representative for every kind of undeclared pod that rules can tell from others. */
export function strangersOf(
  resources: readonly Resource[],
  mentions: readonly PodSelection[],
  namespaces: Namespaces,
): readonly Stranger[] {
  const ports = namedPorts(resources);
  const strangers = strangerKinds(resources, mentions).flatMap((selection) =>
    representativesOf(selection, namespaces, ports),
  );
  return withoutDoubles(strangers);
}

/** A representative in every namespace that the selection names, or one in a namespace made elsewhere. */
function representativesOf(
  selection: PodSelection,
  namespaces: Namespaces,
  ports: Stranger['ports'],
): readonly Stranger[] {
  const example = selection.pods.example();
  if (!example) return [];
  const labels = closedLabels(example);
  const names = namesIn(selection.namespaces);
  if (names === undefined) {
    const namespace = namespaceElsewhere(selection.namespaces);
    return namespace ? [{ selection, namespace, labels, ports }] : [];
  }
  return names.flatMap((name) => {
    const within = { pods: selection.pods, namespaces: selection.namespaces.and(inNamespace(name)) };
    const namespace = namespaceCalled(name, within.namespaces, namespaces);
    return namespace ? [{ selection: within, namespace, labels, ports }] : [];
  });
}

function namespaceElsewhere(selector: LabelSelector): Namespace | undefined {
  const example = selector.example();
  if (!example) return undefined;
  const labels = new Map([...example, [NAMESPACE_NAME_LABEL, SOME_NAMESPACE]]);
  return { name: SOME_NAMESPACE, labels: closedLabels(labels) };
}

/** A declared namespace has the labels that it has; any other may have those that the selector asks for. */
function namespaceCalled(name: string, selector: LabelSelector, namespaces: Namespaces): Namespace | undefined {
  const example = selector.example();
  if (!example) return undefined;
  const namespace = namespaces.get(name);
  if (namespace.declaredBy) return selector.match(namespace.labels) === 'yes' ? namespace : undefined;
  return { name, labels: closedLabels(example) };
}

/**
 * NP-22: an undeclared pod may have a port of any name, at any number. It has every name that rules ask for, at a number
 * that no rule names, so that nothing but the name lets traffic to it through.
 */
function namedPorts(resources: readonly Resource[]): readonly ContainerPort[] {
  const names = new Set<string>();
  const all = portsOfRules(resources);
  for (const port of all) if (port.type === 'named') names.add(port.name);
  if (names.size === 0) return [];
  const numbered = all.filter((port) => port.type === 'range');
  const free = PortSet.all.minus(PortSet.ofRanges(numbered));
  const port = free.ranges.at(-1)?.last ?? PortSet.all.ranges[0].last;
  return [...names].flatMap((name) => PROTOCOLS.map((protocol) => ({ name, port, protocol })));
}

function portsOfRules(resources: readonly Resource[]): readonly ClusterPolicyPort[] {
  const all: ClusterPolicyPort[] = [];
  for (const resource of resources) {
    if (resource.type !== 'networkPolicy' && resource.type !== 'clusterPolicy') continue;
    for (const rules of [resource.ingress, resource.egress]) for (const { ports } of rules) all.push(...ports);
  }
  return all;
}

/** A part whose representative already stands for a wider part tells nothing new. */
function withoutDoubles(strangers: readonly Stranger[]): readonly Stranger[] {
  const known = new Map<string, Stranger[]>();
  return strangers.filter((stranger) => {
    const key = JSON.stringify([[...stranger.namespace.labels.known], [...stranger.labels.known]]);
    const alike = known.get(key) ?? [];
    const isDouble = alike.some(
      ({ selection }) =>
        stranger.selection.pods.implies(selection.pods) && stranger.selection.namespaces.implies(selection.namespaces),
    );
    if (!isDouble) known.set(key, [...alike, stranger]);
    return !isDouble;
  });
}
