import type { ClusterPolicyPort, ContainerPort, Resource } from '../manifest/resources';
import { LabelSelector, opposite } from '../values/label-selector';
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
  const denied = distinct(resources.flatMap(escapingDenials));
  const anybody = distinct([ANYBODY, ...peers]).flatMap((selection) => withEscapes(selection, denied));
  const mentioned = mentions.length === 0 ? [] : partsOf(distinct(mentions), peers, denied, resources);
  const ports = namedPorts(resources);
  const strangers = distinct([...anybody, ...mentioned]).flatMap((selection) =>
    representativesOf(selection, namespaces).map((representative) => ({ ...representative, ports })),
  );
  return withoutDoubles(strangers);
}

/** Of each pod set: what it shares with peers of rules, with pods that policies are about, with both; and who escapes those. */
function partsOf(
  mentions: readonly PodSelection[],
  peers: readonly PodSelection[],
  denied: readonly PodSelection[],
  resources: readonly Resource[],
): readonly PodSelection[] {
  const ownNear = nearTo(distinct(resources.flatMap(ownSelections)));
  const escapesNear = nearTo(distinct([...denied, ...resources.flatMap(escapingIsolation)]));
  return mentions.flatMap((mention) => {
    const asPeers = [mention, ...peers.flatMap((peer) => both(mention, peer))];
    const asOwn = asPeers.flatMap((part) => ownNear(part).flatMap((subject) => both(part, subject)));
    return distinct([...asPeers, ...asOwn]).flatMap((part) => withEscapes(part, escapesNear(part)));
  });
}

/** The selections that may share pods with another, found by the one namespace that most of them name. */
function nearTo(selections: readonly PodSelection[]): (other: PodSelection) => readonly PodSelection[] {
  const byName = new Map<string | undefined, PodSelection[]>();
  for (const selection of selections) {
    const name = onlyName(selection);
    const known = byName.get(name);
    if (known) known.push(selection);
    else byName.set(name, [selection]);
  }
  return (other) => {
    const name = onlyName(other);
    return name === undefined ? selections : [...(byName.get(name) ?? []), ...(byName.get(undefined) ?? [])];
  };
}

function onlyName({ namespaces }: PodSelection): string | undefined {
  const names = namesIn(namespaces);
  return names?.length === 1 ? names[0] : undefined;
}

function both(a: PodSelection, b: PodSelection): readonly PodSelection[] {
  if (!a.namespaces.intersects(b.namespaces) || !a.pods.intersects(b.pods)) return [];
  return [{ pods: a.pods.and(b.pods), namespaces: a.namespaces.and(b.namespaces) }];
}

/** The pods that policies isolate and open, and that Services lead to. */
function ownSelections(resource: Resource): readonly PodSelection[] {
  switch (resource.type) {
    case 'networkPolicy':
      return [{ pods: resource.podSelector, namespaces: inNamespace(resource.namespace) }];
    case 'service':
      if (!resource.selector) return [];
      return [{ pods: LabelSelector.fromLabels(resource.selector), namespaces: inNamespace(resource.namespace) }];
    case 'clusterPolicy':
      return [selectionOfBoth(resource.subject)];
    default:
      return [];
  }
}

/** NP-03: pods of its namespace that a policy does not isolate, one selection for each requirement that they may fail. */
function escapingIsolation(resource: Resource): readonly PodSelection[] {
  if (resource.type !== 'networkPolicy') return [];
  const namespaces = inNamespace(resource.namespace);
  return resource.podSelector.requirements.map((r) => ({ pods: LabelSelector.of([opposite(r)]), namespaces }));
}

/** NP-43: pods that a rule of the administrators does not deny. */
function escapingDenials(resource: Resource): readonly PodSelection[] {
  if (resource.type !== 'clusterPolicy') return [];
  const peers = [...resource.ingress, ...resource.egress].flatMap((rule) => (rule.action === 'deny' ? rule.peers : []));
  return peers.flatMap((peer): readonly PodSelection[] => {
    if (peer.type !== 'pods') return [];
    const { pods, namespaces } = selectionOfBoth(peer);
    return [
      ...pods.requirements.map((r) => ({ pods: LabelSelector.of([opposite(r)]), namespaces })),
      ...namespaces.requirements.map((r) => ({ ...ANYBODY, namespaces: LabelSelector.of([opposite(r)]) })),
    ];
  });
}

/** A selection, and each part of it that escapes some rules which the representative of the rest may not. */
function withEscapes(selection: PodSelection, escapes: readonly PodSelection[]): readonly PodSelection[] {
  const found = new Map([[keyOf(selection), selection]]);
  for (const part of found.values()) {
    const [pods, namespaces] = [part.pods.example(), part.namespaces.example()];
    for (const free of escapes) {
      if (pods && namespaces && matches(free, pods, namespaces)) continue;
      for (const escaping of both(part, free)) found.set(keyOf(escaping), escaping);
    }
  }
  return [...found.values()];
}

type LabelMap = ReadonlyMap<string, string>;

function matches(selection: PodSelection, pods: LabelMap, namespaces: LabelMap): boolean {
  return (
    selection.pods.match(closedLabels(pods)) === 'yes' && selection.namespaces.match(closedLabels(namespaces)) === 'yes'
  );
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
  return [...new Map(selections.map((selection) => [keyOf(selection), selection])).values()];
}

function keyOf({ pods, namespaces }: PodSelection): string {
  return `${namespaces.key} / ${pods.key}`;
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
