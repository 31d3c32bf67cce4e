import type { ClusterPolicyPort, ContainerPort, Resource } from '../manifest/resources';
import { LabelSelector } from '../values/label-selector';
import { closedLabels, type Labels } from '../values/labels';
import { PortSet } from '../values/port-set';
import { PROTOCOLS } from '../values/traffic-set';
import { NAMESPACE_NAME_LABEL, type Namespace, type Namespaces } from './namespaces';
import { inNamespace, type PodSelection, peerSelections, selectionOfBoth } from './pod-selection';

/** One pod that no manifest declares but that a rule or a promise could mean. */
export interface Stranger {
  readonly selection: PodSelection;
  readonly namespace: Namespace;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
}

/** The name that a namespace made elsewhere goes by where nothing pins its name. */
const SOME_NAMESPACE = '(another namespace)';

const ANYBODY: PodSelection = { pods: LabelSelector.everything, namespaces: LabelSelector.everything };

/**
 * The open universe: one representative for every kind of undeclared pod that rules can tell from others. Those are the
 * pods of each peer selector, those that carry no label in a namespace that nobody declared, and, of each pod set that
 * promises mention, every part that some rule treats in its own way.
 */
export function strangersOf(
  resources: readonly Resource[],
  mentions: readonly PodSelection[],
  namespaces: Namespaces,
): readonly Stranger[] {
  const peers = distinct([...peerSelections(resources)]);
  const own = mentions.length === 0 ? [] : distinct([...ownSelections(resources)]);
  const parts = distinct(mentions).flatMap((mention) => partsOf(mention, peers, own));
  const ports = namedPorts(resources);
  const strangers = distinct([ANYBODY, ...peers, ...parts]).flatMap((selection) =>
    representativesOf(selection, namespaces).map((representative) => ({ ...representative, ports })),
  );
  return withoutDoubles(strangers);
}

/** A pod set, and what it shares with peers of rules, with pods that policies are about, and with both. */
function partsOf(
  mention: PodSelection,
  peers: readonly PodSelection[],
  own: readonly PodSelection[],
): readonly PodSelection[] {
  const asPeers = [mention, ...peers.flatMap((peer) => both(mention, peer))];
  const asOwn = own.flatMap((subject) => both(mention, subject));
  return [...asPeers, ...asPeers.flatMap((part) => asOwn.flatMap((other) => both(part, other)))];
}

function both(a: PodSelection, b: PodSelection): readonly PodSelection[] {
  const shared = { pods: a.pods.and(b.pods), namespaces: a.namespaces.and(b.namespaces) };
  return shared.pods.isSatisfiable() && shared.namespaces.isSatisfiable() ? [shared] : [];
}

/** The pods that policies isolate and open, and that Services lead to; and who escapes a rule that shuts. */
function* ownSelections(resources: readonly Resource[]): Generator<PodSelection> {
  for (const resource of resources) {
    const namespaces = inNamespace(resource.namespace);
    if (resource.type === 'networkPolicy') {
      const subject = { pods: resource.podSelector, namespaces };
      yield* [subject, ...escaping(subject)];
    } else if (resource.type === 'service' && resource.selector) {
      yield { pods: LabelSelector.fromLabels(resource.selector), namespaces };
    } else if (resource.type === 'clusterPolicy') {
      yield selectionOfBoth(resource.subject);
      for (const { action, peers } of [...resource.ingress, ...resource.egress]) {
        for (const peer of peers) if (action === 'deny' && peer.type === 'pods') yield* escaping(selectionOfBoth(peer));
      }
    }
  }
}

/** A selection of the pods without some label also has the least of labels; those with the label escape it. */
function escaping({ pods, namespaces }: PodSelection): readonly PodSelection[] {
  return pods.requirements.flatMap(({ key, operator, values }) => {
    if (operator === 'NotIn') return [{ pods: LabelSelector.of([{ key, operator: 'In', values }]), namespaces }];
    if (operator !== 'DoesNotExist') return [];
    return [{ pods: LabelSelector.of([{ key, operator: 'Exists', values }]), namespaces }];
  });
}

/** A representative in every namespace that the selection names, or one in a namespace made elsewhere. */
function representativesOf(selection: PodSelection, namespaces: Namespaces): readonly Omit<Stranger, 'ports'>[] {
  const example = selection.pods.example();
  if (!example) return [];
  const labels = closedLabels(example);
  const names = namesIn(selection.namespaces);
  if (names === undefined) {
    const namespace = namespaceElsewhere(selection.namespaces);
    return namespace ? [{ selection, namespace, labels }] : [];
  }
  return names.flatMap((name) => {
    const within = { pods: selection.pods, namespaces: selection.namespaces.and(inNamespace(name)) };
    const namespace = namespaceCalled(name, within.namespaces, namespaces);
    return namespace ? [{ selection: within, namespace, labels }] : [];
  });
}

/** The names that the selector leaves open; `undefined` where it names none. */
function namesIn(selector: LabelSelector): readonly string[] | undefined {
  const naming = selector.requirements.find((r) => r.key === NAMESPACE_NAME_LABEL && r.operator === 'In');
  return naming?.values;
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
  const ports = resources.flatMap((resource): readonly ClusterPolicyPort[] =>
    resource.type === 'networkPolicy' || resource.type === 'clusterPolicy'
      ? [...resource.ingress, ...resource.egress].flatMap((rule: { ports: readonly ClusterPolicyPort[] }) => rule.ports)
      : [],
  );
  const free = PortSet.all.minus(PortSet.ofRanges(ports.filter((port) => port.type === 'range')));
  const port = free.ranges.at(-1)?.last ?? PortSet.all.ranges[0].last;
  const names = new Set(ports.flatMap((each) => (each.type === 'named' ? [each.name] : [])));
  return [...names].flatMap((name) => PROTOCOLS.map((protocol) => ({ name, port, protocol })));
}

function distinct(selections: readonly PodSelection[]): readonly PodSelection[] {
  return [...new Map(selections.map((s) => [`${s.namespaces.key} / ${s.pods.key}`, s])).values()];
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
