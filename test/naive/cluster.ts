import { type Family, familyOf } from './address';
import { type ClusterPolicy, clusterPolicyOf } from './cluster-policy-form';
import type { ClusterPolicyManifest } from './cluster-policy-manifests';
import type {
  DeploymentManifest,
  Labels,
  Manifest,
  NamespaceManifest,
  NetworkPolicyManifest,
  NodeManifest,
  PodManifest,
  PodSpec,
} from './manifests';
import type { ContainerPort } from './world';

/** Manifests, and what is known of the cluster that they will meet. The very same manifests feed the model. */
export interface ClusterDescription {
  readonly manifests: readonly Manifest[];
  /** Where pods have their addresses. @default any address of a family for which none is declared */
  readonly podCidr?: readonly string[];
  /** Where nodes have their addresses. @default any address of a family for which none is declared */
  readonly nodeCidr?: readonly string[];
  /** NP-17 */
  readonly ipBlockSelectsPods: boolean | 'unknown';
  /** NP-17, NP-29 @default true */
  readonly ipBlockSelectsNodes?: boolean | 'unknown';
  /** NP-28: surely node traffic, or whichever of the two ways a plugin may have chosen for the whole cluster. */
  readonly hostNetworkPods: 'as-node' | 'unknown';
  /** NP-43: whether anybody reads ClusterNetworkPolicy. @default true */
  readonly clusterNetworkPolicy?: boolean | 'unknown';
  /** NP-43: whether anybody reads AdminNetworkPolicy and BaselineAdminNetworkPolicy. @default true */
  readonly adminNetworkPolicy?: boolean | 'unknown';
  /** NP-30: whether egress rules leave traffic to the pod's own node alone. @default 'unknown' */
  readonly ownNodeOutIsExempt?: boolean | 'unknown';
  /** Whether the administrators' policies leave the pod's own node alone; their API does not say. @default 'unknown' */
  readonly clusterPoliciesSpareOwnNode?: boolean | 'unknown';
  readonly families: readonly Family[];
}

/** A pod as its manifest tells it. */
export interface DeclaredPod {
  /** `ns/name`, and `ns/name#0` for the first replica of a Deployment. */
  readonly id: string;
  /** `ns/name[Kind]` of what the user wrote. */
  readonly workload: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  readonly finished: boolean;
  /** The node, where the manifest names one. */
  readonly node?: string;
  /** All addresses of the pod, where its status tells them. */
  readonly addresses?: Readonly<Partial<Record<Family, string>>>;
}

export function podsOf(cluster: ClusterDescription): DeclaredPod[] {
  return cluster.manifests.flatMap((manifest) => {
    switch (manifest.kind) {
      case 'Pod':
        return [fromPod(manifest)];
      case 'Deployment':
        return fromDeployment(manifest);
      default:
        return [];
    }
  });
}

export function namespacesOf(cluster: ClusterDescription): NamespaceManifest[] {
  return cluster.manifests.filter((manifest) => manifest.kind === 'Namespace');
}

export function policiesOf(cluster: ClusterDescription): NetworkPolicyManifest[] {
  return cluster.manifests.filter((manifest) => manifest.kind === 'NetworkPolicy');
}

export function nodesOf(cluster: ClusterDescription): NodeManifest[] {
  return cluster.manifests.filter((manifest) => manifest.kind === 'Node');
}

export function clusterPolicyManifestsOf(cluster: ClusterDescription): ClusterPolicyManifest[] {
  return cluster.manifests.filter(isClusterPolicy);
}

/** The administrators' policies of all three kinds. */
export function clusterPoliciesOf(cluster: ClusterDescription): ClusterPolicy[] {
  return clusterPolicyManifestsOf(cluster).map(clusterPolicyOf);
}

function isClusterPolicy(manifest: Manifest): manifest is ClusterPolicyManifest {
  return ['ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'].includes(manifest.kind);
}

function fromPod({ metadata, spec, status }: PodManifest): DeclaredPod {
  const id = `${metadata.namespace}/${metadata.name}`;
  const told = status?.podIPs?.map(({ ip }) => ip) ?? (status?.podIP === undefined ? [] : [status.podIP]);
  return {
    id,
    workload: `${id}[Pod]`,
    namespace: metadata.namespace,
    labels: metadata.labels ?? {},
    finished: status?.phase === 'Succeeded' || status?.phase === 'Failed', // NP-34
    ...(told.length > 0 && { addresses: Object.fromEntries(told.map((ip) => [familyOf(ip), ip])) }),
    ...fromSpec(spec),
  };
}

function fromDeployment({ metadata, spec }: DeploymentManifest): DeclaredPod[] {
  const name = `${metadata.namespace}/${metadata.name}`;
  return Array.from({ length: spec.replicas ?? 1 }, (_, replica) => ({
    id: `${name}#${replica}`,
    workload: `${name}[Deployment]`,
    namespace: metadata.namespace,
    labels: spec.template.metadata.labels,
    finished: false,
    ...fromSpec(spec.template.spec),
  }));
}

function fromSpec(spec: PodSpec) {
  const ports = spec.containers.flatMap((container) => container.ports ?? []);
  return {
    hostNetwork: spec.hostNetwork ?? false,
    ports: ports.map(({ name, containerPort, protocol }) => ({
      name,
      port: containerPort,
      protocol: protocol ?? 'TCP',
    })),
    ...(spec.nodeName !== undefined && { node: spec.nodeName }),
  };
}
