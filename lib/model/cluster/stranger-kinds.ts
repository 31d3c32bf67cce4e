import type { ClusterPolicyPeer, Resource } from '../manifest/resources';
import { groupBy } from '../values/group-by';
import { LabelSelector, opposite, type Requirement } from '../values/label-selector';
import { closedLabels } from '../values/labels';
import { NAMESPACE_NAME_LABEL } from './namespaces';
import { inNamespace, type PodSelection, peerSelections, selectionOf, selectionOfBoth } from './pod-selection';

const ANYBODY: PodSelection = { pods: LabelSelector.everything, namespaces: LabelSelector.everything };

/**
 * Every kind of undeclared pod that rules can tell from others: the pods of each peer selector, any pod at all, and, of each
 * pod set that promises mention, every part that some rule treats in its own way.
 */
export function strangerKinds(
  resources: readonly Resource[],
  mentions: readonly PodSelection[],
): readonly PodSelection[] {
  // Many policies have the same peers, such as the pods of the DNS.
  const peers = distinct(distinct(peerSelections(resources)).flatMap(byValue));
  const denied = distinct(escapingDenials(resources));
  const anybody = distinct([ANYBODY, ...peers]).flatMap((selection) => withEscapes(selection, denied));
  const mentioned = mentions.length === 0 ? [] : partsOf(distinct(mentions), peers, denied, resources);
  return distinct([...anybody, ...mentioned]);
}

/** Where a selector lists values, a kind for each: other rules may mean one of them and not the others. */
function byValue(selection: PodSelection): readonly PodSelection[] {
  const { pods, namespaces } = selection;
  if (pods.requirements.every(({ operator, values }) => operator !== 'In' || values.length === 1)) return [selection];
  const choices = pods.requirements.map((requirement) =>
    requirement.operator === 'In'
      ? requirement.values.map((value) => ({ ...requirement, values: [value] }))
      : [requirement],
  );
  if (choices.reduce((product, { length }) => product * length, 1) > MOST_KINDS) return [selection];
  const combined = choices.reduce<readonly (readonly Requirement[])[]>(
    (before, next) => before.flatMap((chosen) => next.map((requirement) => [...chosen, requirement])),
    [[]],
  );
  return combined.map((requirements) => ({ pods: LabelSelector.of(requirements), namespaces }));
}

/** Longer lists stay whole: one pod then stands for all of their values. */
const MOST_KINDS = 32;

/** Of each pod set: what it shares with peers of rules, with pods that policies are about, with both; and who escapes those. */
function partsOf(
  mentions: readonly PodSelection[],
  peers: readonly PodSelection[],
  denied: readonly PodSelection[],
  resources: readonly Resource[],
): readonly PodSelection[] {
  const kinds = distinct([...peers, ...resources.flatMap(ownSelections), ...meetingPods(resources)]);
  const kindsNear = nearTo(kinds, (kind) => kind);
  const escapesNear = nearTo(distinct([...denied, ...resources.flatMap(escapingIsolation)]), (free) => free);
  return mentions.flatMap((mention) => {
    const parts = distinct([mention, ...kindsNear(mention).flatMap((kind) => both(mention, kind))]);
    return parts.flatMap((part) => withEscapes(part, escapesNear(part)));
  });
}

/** A peer of a rule, and the pods whose policy has that rule. A rule without peers, or with blocks, may mean anybody (NP-08, NP-17). */
interface Admission {
  readonly subject: PodSelection;
  readonly peer: PodSelection;
}

/**
 * NP-05: a pod gets somewhere if a rule of its own lets it out and a rule at the other end lets it in. Pods that both rules
 * mean are a kind of their own, wherever the two rules can meet.
 */
function meetingPods(resources: readonly Resource[]): readonly PodSelection[] {
  const [egress, ingress] = (['egress', 'ingress'] as const).map((d) => resources.flatMap((r) => admissionsOf(r, d)));
  return [...meetingAtEnds(egress, ingress), ...meetingAtEnds(ingress, egress)];
}

/** Of each subject of the one rules what it shares with the peers of the others. */
function meetingAtEnds(rules: readonly Admission[], farRules: readonly Admission[]): readonly PodSelection[] {
  const near = nearTo(farRules, ({ peer }) => peer);
  return [...groupBy(rules, ({ subject }) => keyOf(subject)).values()].flatMap((ofSubject) => {
    const [{ subject }] = ofSubject;
    const met = near(subject).filter((far) => ofSubject.some(({ peer }) => canMeet(peer, far.subject)));
    return distinct(met.map(({ peer }) => peer)).flatMap((peer) => both(subject, peer));
  });
}

function admissionsOf(resource: Resource, direction: 'egress' | 'ingress'): readonly Admission[] {
  if (resource.type === 'networkPolicy') {
    const home = inNamespace(resource.namespace);
    const subject = { pods: resource.podSelector, namespaces: home };
    const peers = resource[direction].flatMap((rule) =>
      rule.peers.length === 0
        ? [ANYBODY]
        : rule.peers.map((peer) => (peer.type === 'pods' ? selectionOf(peer, home) : ANYBODY)),
    );
    return peers.map((peer) => ({ subject, peer }));
  }
  if (resource.type !== 'clusterPolicy') return [];
  const subject = selectionOfBoth(resource.subject);
  const rules = resource[direction].filter((rule) => rule.action !== 'deny');
  const peers = rules.flatMap((rule) =>
    rule.peers.map((peer) => (peer.type === 'pods' ? selectionOfBoth(peer) : ANYBODY)),
  );
  return peers.map((peer) => ({ subject, peer }));
}

/** Those whose selection may share pods with another, found by the one namespace that most selections name. */
function nearTo<T>(
  items: readonly T[],
  selectionOfItem: (item: T) => PodSelection,
): (other: PodSelection) => readonly T[] {
  const byName = groupBy(items, (item) => onlyName(selectionOfItem(item)));
  return (other) => {
    const name = onlyName(other);
    return name === undefined ? items : [...(byName.get(name) ?? []), ...(byName.get(undefined) ?? [])];
  };
}

function onlyName({ namespaces }: PodSelection): string | undefined {
  const names = namesIn(namespaces);
  return names?.length === 1 ? names[0] : undefined;
}

function canMeet(a: PodSelection, b: PodSelection): boolean {
  return a.namespaces.intersects(b.namespaces) && a.pods.intersects(b.pods);
}

function both(a: PodSelection, b: PodSelection): readonly PodSelection[] {
  if (!canMeet(a, b)) return [];
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
function escapingDenials(resources: readonly Resource[]): readonly PodSelection[] {
  const peers: ClusterPolicyPeer[] = [];
  for (const resource of resources) {
    if (resource.type !== 'clusterPolicy') continue;
    for (const rule of [...resource.ingress, ...resource.egress]) if (rule.action === 'deny') peers.push(...rule.peers);
  }
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
  if (escapes.length === 0) return [selection];
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

/** The names that the selector leaves open; `undefined` where it names none. */
export function namesIn(selector: LabelSelector): readonly string[] | undefined {
  const naming = selector.requirements.find((r) => r.key === NAMESPACE_NAME_LABEL && r.operator === 'In');
  return naming?.values;
}

function distinct(selections: Iterable<PodSelection>): readonly PodSelection[] {
  const known = new Map<string, PodSelection>();
  for (const selection of selections) known.set(keyOf(selection), selection);
  return [...known.values()];
}

function keyOf({ pods, namespaces }: PodSelection): string {
  return `${namespaces.key} / ${pods.key}`;
}
