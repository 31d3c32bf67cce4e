import { familyOf } from './address';
import type { ClusterDescription } from './cluster';
import type {
  AdminNetworkPolicyManifest,
  AdminNetworkPolicySpec,
  BaselineAdminNetworkPolicyManifest,
  BaselineAdminNetworkPolicySpec,
  ClusterNetworkPolicyManifest,
  ClusterNetworkPolicySpec,
} from './cluster-policy-manifests';
import type {
  ContainerPortManifest,
  DeploymentManifest,
  Labels,
  Manifest,
  NamespaceManifest,
  NetworkPolicyManifest,
  NodeManifest,
  PodManifest,
  PodSpec,
  PodStatus,
  PolicySpec,
  Protocol,
} from './manifests';
import { type Flow, type FlowEnd, naiveOutcome, type Outcome } from './worlds';

export interface PodProps {
  readonly labels?: Labels;
  readonly ports?: readonly ContainerPortManifest[];
  readonly hostNetwork?: boolean;
  readonly nodeName?: string;
  readonly status?: PodStatus;
}

/** A cluster in which addresses select pods and hostNetwork pods are node traffic, unless the props say otherwise. */
export function cluster(
  manifests: readonly Manifest[],
  props: Partial<Omit<ClusterDescription, 'manifests'>> = {},
): ClusterDescription {
  return { ipBlockSelectsPods: true, hostNetworkPods: 'as-node', families: [4], ...props, manifests };
}

export function namespace(name: string, labels?: Labels): NamespaceManifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...(labels && { labels }) } };
}

/** A pod by `ns/name`. */
export function pod(id: string, { labels, status, ...spec }: PodProps = {}): PodManifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...placeOf(id), ...(labels && { labels }) },
    spec: podSpec(spec),
    ...(status && { status }),
  };
}

/** A Deployment by `ns/name`; its pods have a label of their own. */
export function deployment(
  id: string,
  replicas: number,
  { labels, status: _, ...spec }: PodProps = {},
): DeploymentManifest {
  const own = { workload: placeOf(id).name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: placeOf(id),
    spec: {
      replicas,
      selector: { matchLabels: own },
      template: { metadata: { labels: { ...labels, ...own } }, spec: podSpec(spec) },
    },
  };
}

/** A policy by `ns/name`. */
export function policy(id: string, spec: PolicySpec): NetworkPolicyManifest {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: placeOf(id), spec };
}

const POLICY_GROUP = 'policy.networking.k8s.io';

export function clusterPolicy(name: string, spec: ClusterNetworkPolicySpec): ClusterNetworkPolicyManifest {
  return { apiVersion: `${POLICY_GROUP}/v1alpha2`, kind: 'ClusterNetworkPolicy', metadata: { name }, spec };
}

export function adminPolicy(name: string, spec: AdminNetworkPolicySpec): AdminNetworkPolicyManifest {
  return { apiVersion: `${POLICY_GROUP}/v1alpha1`, kind: 'AdminNetworkPolicy', metadata: { name }, spec };
}

/** There is one in a cluster at most. */
export function baselinePolicy(spec: BaselineAdminNetworkPolicySpec): BaselineAdminNetworkPolicyManifest {
  const metadata = { name: 'default' };
  return { apiVersion: `${POLICY_GROUP}/v1alpha1`, kind: 'BaselineAdminNetworkPolicy', metadata, spec };
}

export function node(name: string, labels?: Labels, addresses?: readonly string[]): NodeManifest {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, ...(labels && { labels }) },
    ...(addresses && { status: { addresses: addresses.map((address) => ({ type: 'InternalIP', address })) } }),
  };
}

/** A flow as text: `x/a -> y/b UDP 53`, `x/api#0 -> 10.0.0.1 TCP 80`, `x/a -> y/b TCP 80 IPv6`. */
export function flow(text: string): Flow {
  const [from, , to, protocol, port, family] = text.split(' ');
  const ends = [end(from), end(to)];
  const outside = ends.flatMap((each) => ('ip' in each ? [familyOf(each.ip)] : []));
  return {
    from: ends[0],
    to: ends[1],
    protocol: protocol as Protocol,
    port: Number(port),
    family: outside[0] ?? (family === 'IPv6' ? 6 : 4),
  };
}

export function ask(described: ClusterDescription, text: string): Outcome {
  return naiveOutcome(described, flow(text));
}

/** Expects of a cluster what lines such as `denied x/a -> y/b UDP 53` tell. */
export function expectOf(described: ClusterDescription, ...lines: readonly string[]): void {
  const questions = lines.map((line) => line.slice(line.indexOf(' ') + 1));
  expect(questions.map((question) => `${ask(described, question)} ${question}`)).toEqual(lines);
}

function podSpec({ ports, ...rest }: Omit<PodProps, 'labels' | 'status'>): PodSpec {
  return { ...rest, containers: [{ name: 'main', image: 'example.com/app:1', ...(ports && { ports }) }] };
}

function end(text: string): FlowEnd {
  return text.includes('/') ? { pod: text } : { ip: text };
}

function placeOf(id: string): { name: string; namespace: string } {
  const [space, name] = id.split('/');
  return { name, namespace: space };
}
