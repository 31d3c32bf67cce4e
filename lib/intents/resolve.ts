import type { Cluster } from '../model/cluster/cluster';
import type { ClusterNode } from '../model/cluster/nodes';
import { inNamespace, type PodSelection } from '../model/cluster/pod-selection';
import { namesIn } from '../model/cluster/stranger-kinds';
import type { PodGroup, Workload } from '../model/cluster/workload';
import type { ServiceResource } from '../model/manifest/resources';
import { CidrSet } from '../model/values/cidr-set';
import { LabelSelector, type Requirement } from '../model/values/label-selector';
import { nearest } from '../model/values/nearest';
import { rememberedOf } from '../model/values/remembered';
import type { Protocol } from '../model/values/traffic-set';
import { componentIn, type ResolvedComponent } from './components';
import { containerOf } from './containers';
import type { EndpointRef, LabelValues, SubjectRef } from './endpoint';

/** What a reference stands for in one cluster. */
export interface Resolved {
  /** In the author's words: `web`, `api:http`, `pods app=backup in ops`, `the internet`. */
  readonly label: string;
  /** The declared pods that it means, or may mean where labels that nobody knows decide. */
  readonly pods: readonly PodGroup[];
  /** Those of `pods` that it means whatever is unknown: no others are listed, or spared, by its name. */
  readonly surely: readonly PodGroup[];
  /** Undeclared pods that it means too: one for each kind of them that rules can tell from others. */
  readonly strangers: readonly PodGroup[];
  readonly services: readonly ServiceResource[];
  /** Addresses outside the cluster; empty for what is inside. */
  readonly addresses: CidrSet;
  /** A name outside the cluster whose addresses nobody gave: any one address of `addresses`. */
  readonly anyOneAddress: boolean;
  /** Whether it has a name of its own that clients use: pods picked by label or namespace have none. */
  readonly named: boolean;
  /** The host to look up, for an endpoint that is outside and has a name. */
  readonly host?: string;
  readonly port?: { readonly name: string | number; readonly protocol?: Protocol };
  /** The one container of the pods that it is. */
  readonly container?: string;
  /** The node that it is; `addresses` are the node's. */
  readonly node?: ClusterNode;
  /** What Kubernetes itself has listening on nodes. */
  readonly component?: ResolvedComponent;
  /** Whether it means the port of the nodes that leads to the port, and no other way. */
  readonly byNodePort?: boolean;
  /** Labels that stand for it: it means every pod, declared or not, that one of these selects. */
  readonly selections: readonly PodSelection[];
  /** Why there is nothing, when there is nothing. */
  readonly nothing?: { readonly problem: string; readonly didYouMean?: string };
}

/** Pods elsewhere that a reference speaks of, so that the universe has them. */
export function mentionsOf(ref: EndpointRef): readonly PodSelection[] {
  if (ref.kind === 'port' || ref.kind === 'nodePort' || ref.kind === 'container') return mentionsOf(ref.of);
  if (ref.kind === 'namespace') return [allOf(ref.name)];
  return ref.kind === 'pods' ? [selectionOf(ref)] : [];
}

export function resolveEndpoint(ref: EndpointRef, cluster: Cluster): Resolved {
  switch (ref.kind) {
    case 'port': {
      const whole = resolveEndpoint(ref.of, cluster);
      return { ...whole, label: portLabel(ref, whole.label), port: { name: ref.port, protocol: ref.protocol } };
    }
    case 'nodePort': {
      const { of, port, protocol } = ref;
      const whole = resolveEndpoint({ kind: 'port', of, port, protocol }, cluster);
      return { ...whole, label: `the node port of ${whole.label}`, byNodePort: true };
    }
    case 'container':
      return resolveContainer(ref, resolveEndpoint(ref.of, cluster));
    case 'construct':
      return resolveConstruct(ref, cluster);
    case 'object':
      return resolveObject(ref, cluster);
    case 'pods':
      return resolvePods(selectionOf(ref), labelOfPods(ref), cluster);
    case 'namespace':
      return resolveNamespace(ref.name, cluster);
    case 'node':
      return resolveNode(ref.name, cluster);
    case 'component': {
      const { label, ...component } = componentIn(cluster, ref.name);
      return { ...inside(label, []), component, nothing: nowhere(component) };
    }
    case 'addresses':
      return outside(ref.cidrs.join(', '), CidrSet.parse(...ref.cidrs));
    case 'internet':
      return outside('the internet', cluster.outside);
    case 'external':
      return {
        ...outside(ref.host, ref.cidrs ? CidrSet.parse(...ref.cidrs) : cluster.outside),
        anyOneAddress: !ref.cidrs,
        host: ref.host,
      };
  }
}

/** `api:http`, and of a container `cache:6379 in api`. */
function portLabel({ of, port }: EndpointRef & { kind: 'port' }, whole: string): string {
  if (of.kind !== 'container') return `${whole}:${port}`;
  return `${of.name}:${port}${whole.slice(of.name.length)}`;
}

function nowhere({ ends }: ResolvedComponent): Resolved['nothing'] {
  return ends.length > 0 ? undefined : { problem: 'the profile has no node of its role' };
}

/** What a promise is about in the author's words; a request by its method too, unless it is the usual one. */
export function subjectLabel(ref: SubjectRef, cluster: Cluster): { readonly label: string } {
  if (ref.kind !== 'url') return { label: resolveEndpoint(ref, cluster).label };
  const { method = 'GET', url } = ref;
  return { label: method === 'GET' ? url : `${method} ${url}` };
}

/** Several endpoints in the author's words. */
export function labelOf(refs: readonly EndpointRef[], cluster: Cluster): { readonly label: string } {
  return { label: refs.map((ref) => resolveEndpoint(ref, cluster).label).join(', ') };
}

function inside(label: string, pods: readonly PodGroup[], services: readonly ServiceResource[] = []): Resolved {
  return {
    label,
    pods,
    surely: pods,
    strangers: [],
    services,
    addresses: CidrSet.empty,
    anyOneAddress: false,
    named: true,
    selections:
      pods.length > 0
        ? workloadsOf(pods).flatMap((workload) => selectionOfWorkload(workload))
        : services.flatMap(selectionOfService),
  };
}

function workloadsOf(pods: readonly PodGroup[]): readonly Workload[] {
  return pods.length === 1 ? [pods[0].workload] : [...new Set(pods.map((pod) => pod.workload))];
}

/** How the pods of a workload are known: by its selector; Jobs and bare Pods have none but their labels. */
function selectionOfWorkload(
  { selector, resource, namespace }: Workload,
  knownBy: Readonly<Record<string, string>> = {},
): readonly PodSelection[] {
  const labels = resource?.template.labels ?? new Map<string, string>();
  const telling = Object.entries(knownBy);
  const isTrue = telling.length > 0 && telling.every(([key, value]) => labels.get(key) === value);
  const pods = selector ?? LabelSelector.fromLabels(isTrue ? new Map(telling) : labels);
  return pods.isEverything ? [] : [{ pods, namespaces: inNamespace(namespace) }];
}

/** SVC-02: whoever carries the labels is behind the Service, so that naming it means them. */
function selectionOfService({ selector, namespace }: ServiceResource): readonly PodSelection[] {
  if (!selector || selector.size === 0) return [];
  return [{ pods: LabelSelector.fromLabels(selector), namespaces: inNamespace(namespace) }];
}

function outside(label: string, addresses: CidrSet): Resolved {
  return { ...inside(label, []), addresses };
}

function resolveConstruct(ref: EndpointRef & { kind: 'construct' }, cluster: Cluster): Resolved {
  const known = constructsOf(cluster);
  const { path, knownBy = {} } = ref;
  const key = JSON.stringify([path, knownBy]);
  let resolved = known.get(key);
  if (!resolved) {
    resolved = resolveMade(path, knownBy, cluster);
    known.set(key, resolved);
  }
  return resolved;
}

/** Promises speak of the same few constructs again and again. */
const constructsOf = rememberedOf((_: Cluster) => new Map<string, Resolved>());

function resolveMade(path: string, knownBy: Readonly<Record<string, string>>, cluster: Cluster): Resolved {
  const { pods, services } = cluster.madeBy(path);
  const workloads = workloadsOf(pods);
  const name =
    workloads.length === 1 ? workloads[0].name : services.length === 1 && pods.length === 0 ? services[0].name : path;
  const whole = inside(name, pods, services);
  const selections = workloads.flatMap((workload) => selectionOfWorkload(workload, knownBy));
  const resolved = workloads.length > 0 ? { ...whole, selections } : whole;
  if (pods.length > 0 || services.length > 0) return resolved;
  return { ...resolved, nothing: { problem: `the construct \`${path}\` makes no pod and no Service` } };
}

/** A container by its name, in those of the pods that have it. It has no name that clients use: its pod's address is its own. */
function resolveContainer({ name }: EndpointRef & { kind: 'container' }, whole: Resolved): Resolved {
  const label = `${name} in ${whole.label}`;
  const having = (pod: PodGroup) => containerOf(pod, name) !== undefined;
  const pods = whole.pods.filter(having);
  const resolved = { ...whole, label, container: name, pods, surely: whole.surely.filter(having), services: [] };
  if (whole.nothing || pods.length > 0) return { ...resolved, named: false };
  const names = whole.pods.flatMap((pod) => (pod.containers?.() ?? []).map((container) => container.name));
  const problem = `no pod of ${whole.label} has a container called \`${name}\``;
  return { ...resolved, named: false, nothing: { problem, didYouMean: nearest(name, [...new Set(names)]) } };
}

function resolveObject(ref: EndpointRef & { kind: 'object' }, cluster: Cluster): Resolved {
  const label = `${ref.namespace}/${ref.name}`;
  const wantsService = ref.object === undefined || ref.object === 'Service';
  const services = wantsService ? cluster.servicesIn(ref.namespace).filter((service) => service.name === ref.name) : [];
  const pods = cluster
    .workloadsCalled(ref.namespace, ref.name)
    .filter(({ kind }) => ref.object === undefined || kind === ref.object)
    .flatMap((workload) => workload.pods);
  const resolved = inside(label, pods, services);
  if (pods.length > 0 || services.length > 0) return resolved;
  const known = [...cluster.services, ...cluster.workloads.filter((w) => w.provenance === 'declared')];
  const names = known.map((o) => `${o.namespace}/${o.name}`);
  return {
    ...resolved,
    nothing: {
      problem: `no manifest declares ${ref.object ?? 'anything called'} ${label}`,
      didYouMean: near(label, names),
    },
  };
}

function resolvePods(selection: PodSelection, label: string, cluster: Cluster): Resolved {
  const names = namesIn(selection.namespaces);
  const candidates = names ? names.flatMap((name) => cluster.podsIn(name)) : cluster.pods;
  const matching = candidates.flatMap((pod) => {
    if (pod.provenance === 'stranger') return [];
    const answers = [selection.pods.match(pod.labels), selection.namespaces.match(pod.namespace.labels)];
    return answers.includes('no') ? [] : [{ pod, isSure: !answers.includes('maybe') }];
  });
  return {
    ...inside(
      label,
      matching.map(({ pod }) => pod),
    ),
    surely: matching.flatMap(({ pod, isSure }) => (isSure ? [pod] : [])),
    strangers: strangersIn(selection, cluster),
    named: false,
    selections: [selection],
  };
}

/** INVARIANT: the universe has a representative of every part of a mentioned selection that rules can tell from the rest. */
function strangersIn({ pods, namespaces }: PodSelection, cluster: Cluster): readonly PodGroup[] {
  return cluster.strangers.filter(
    (pod) => pods.match(pod.labels) === 'yes' && namespaces.match(pod.namespace.labels) === 'yes',
  );
}

function resolveNamespace(name: string, cluster: Cluster): Resolved {
  const resolved = resolvePods(allOf(name), `namespace ${name}`, cluster);
  if (resolved.pods.length > 0) return resolved;
  const names = [...new Set(declaredPods(cluster).map((pod) => pod.namespace.name))];
  return {
    ...resolved,
    nothing: { problem: `no manifest declares a pod in namespace \`${name}\``, didYouMean: near(name, names) },
  };
}

function resolveNode(name: string, { nodes }: Cluster): Resolved {
  const node = nodes.find((each) => each.name === name);
  const resolved = { ...outside(`node ${name}`, CidrSet.ofAddresses(node?.addresses ?? [])), node };
  if (node && node.addresses.length > 0) return resolved;
  const problem = node ? `Node ${name} has no address` : `neither a manifest nor the profile declares Node ${name}`;
  const names = nodes.map((each) => each.name);
  return { ...resolved, nothing: { problem, didYouMean: node ? undefined : near(name, names) } };
}

function allOf(namespace: string): PodSelection {
  return { pods: LabelSelector.everything, namespaces: inNamespace(namespace) };
}

function declaredPods(cluster: Cluster): readonly PodGroup[] {
  return cluster.pods.filter((pod) => pod.provenance === 'declared');
}

function selectionOf(ref: EndpointRef & { kind: 'pods' }): PodSelection {
  const namespaces = ref.namespace === undefined ? LabelSelector.everything : inNamespace(ref.namespace);
  const labelled = ref.namespaceLabels ? selectorOf(ref.namespaceLabels) : LabelSelector.everything;
  return { pods: selectorOf(ref.labels), namespaces: namespaces.and(labelled) };
}

function selectorOf(labels: LabelValues): LabelSelector {
  return LabelSelector.of(
    Object.entries(labels).map(([key, value]): Requirement => {
      const values = typeof value === 'string' ? [value] : [...new Set(value)].sort();
      return { key, operator: 'In', values };
    }),
  );
}

function labelOfPods(ref: EndpointRef & { kind: 'pods' }): string {
  const selection = selectionOf({ ...ref, namespace: undefined });
  const where = ref.namespace
    ? ` in ${ref.namespace}`
    : ref.namespaceLabels
      ? ` in namespaces with ${selection.namespaces}`
      : '';
  return `pods ${selection.pods.isEverything ? '' : `${selection.pods} `}`.trimEnd() + where;
}

/** The nearest of some other names, when it is near enough to be a slip. */
export function near(text: string, candidates: readonly string[]): string | undefined {
  return nearest(
    text,
    candidates.filter((candidate) => candidate !== text),
  );
}
