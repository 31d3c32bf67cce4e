import type { Origin } from '../finding/origin';
import type { ContainerPort, PodResource, PodTemplate, WorkloadResource } from '../manifest/resources';
import type { CidrSet } from '../values/cidr-set';
import type { IpAddress } from '../values/ip';
import type { LabelSelector } from '../values/label-selector';
import type { Labels } from '../values/labels';
import type { Namespace } from './namespaces';

/** Where the knowledge of a pod comes from: a manifest, the cluster profile, or nothing but a rule that could mean it. */
export type Provenance = 'declared' | 'assumed' | 'stranger';

/**
 * Pods that share namespace, labels, ports and everything else that a rule can ask for:
 * the replicas of one template, or one declared Pod. Replicas never multiply work.
 */
export interface PodGroup {
  /** Position in `Cluster.pods`; the number that bit sets speak of. */
  readonly index: number;
  readonly provenance: Provenance;
  readonly namespace: Namespace;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  /** Absent for pods that no manifest declares. */
  readonly containers?: PodTemplate['containers'];
  /** Likewise. */
  readonly scheduling?: PodTemplate['scheduling'];
  readonly hostNetwork: boolean;
  readonly dnsPolicy: PodTemplate['dnsPolicy'];
  readonly dnsConfig?: PodTemplate['dnsConfig'];
  readonly os?: PodTemplate['os'];
  readonly serviceLinks?: PodTemplate['serviceLinks'];
  readonly hostAliases?: PodTemplate['hostAliases'];
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly hostnameOverride?: string;
  readonly nodeName?: string;
  /** The group's own address for a declared Pod that tells it; `undefined` where Kubernetes is yet to choose. */
  readonly addresses?: readonly IpAddress[];
  /** The ranges that its addresses lie in: the known address, else the pod (or node) ranges, else anything. */
  readonly domain: CidrSet;
  /** How many pods there are; `undefined` where it is open. */
  readonly replicas?: number;
  readonly ready: boolean;
  /** Being deleted but still answering: used while no endpoint is ready (SVC-05). */
  readonly lastResort?: boolean;
  /** The status tells that it has no address yet, so that it is no endpoint of anything (SVC-03). */
  readonly awaitsAddress?: boolean;
  /** `ns/name` of the one Pod that this is; absent for the replicas of a template. */
  readonly podName?: string;
  readonly workload: Workload;
}

/** A pod group before it has its place in the cluster. */
export type PodDescription = Omit<PodGroup, 'index' | 'workload' | 'provenance' | 'domain'>;

/** What users name and maps list: a workload with all its pods, or a Pod of nobody. */
export interface Workload {
  readonly kind: string;
  readonly namespace: string;
  /** No other workload of the kind and namespace has it. */
  readonly name: string;
  /** What manifests call it, which several may share. @default - its name */
  readonly givenName?: string;
  readonly provenance: Provenance;
  readonly pods: readonly PodGroup[];
  /** Which pods count as its own, by label; `undefined` for Pods and Jobs. */
  readonly selector?: LabelSelector;
  readonly resource?: WorkloadResource | PodResource;
  readonly origin: Origin;
}

/** The numbers of a StatefulSet's pods: the first, and how many there are at least; more where nobody says how many. */
export function ordinalsOf({ workload: { resource }, replicas = 1 }: PodGroup): { first: number; count: number } {
  return { first: (resource?.type === 'workload' && resource.firstOrdinal) || 0, count: replicas };
}

/** Whether one of a StatefulSet's pods surely bears the number. */
export function hasOrdinal(pod: PodGroup, ordinal: number): boolean {
  const { first, count } = ordinalsOf(pod);
  return ordinal >= first && ordinal < first + count;
}

/** `shop/api[Deployment]`, the one notation of maps, verdicts and questions. */
export function workloadLabel(workload: Workload): string {
  return `${workload.namespace}/${workload.name}[${workload.kind}]`;
}

/** An end of a flow without its kind, as people say it: `shop/web` for `shop/web[Deployment]`. */
export function withoutKind(label: string): string {
  return label.replace(/\[\w+\]$/, '');
}
