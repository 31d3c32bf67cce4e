import type { FieldPath } from '../finding/origin';
import type { IpAddress } from '../values/ip';
import type { LabelSelector } from '../values/label-selector';
import type { Protocol } from '../values/traffic-set';
import type { ResourceBase } from './resource-base';
import type { Scheduling } from './scheduling';

export interface ContainerPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly hostPort?: number;
  /** The one address of the node on which the host port is open; `undefined`: all of them (NET-08). */
  readonly hostIp?: IpAddress;
}

/** A port with the field that declares it, from the root of the object. */
export interface PlacedPort extends ContainerPort {
  readonly field: FieldPath;
}

export interface PodContainer {
  /** The empty text where the manifest gives none. */
  readonly name: string;
  /** SVC-07: an init container runs to its end before the others start, unless it is a sidecar, which restarts and stays. */
  readonly role: 'container' | 'sidecar' | 'init';
  readonly ports: readonly PlacedPort[];
  readonly field: FieldPath;
}

/** A line of `/etc/hosts`. */
export interface HostAlias {
  readonly ip: IpAddress;
  readonly hostnames: readonly string[];
}

/** A value of an environment variable, a word of a command or an argument. */
export interface ContainerText {
  readonly text: string;
  /** From the root of the object. */
  readonly field: FieldPath;
}

/** Where containers may have settings besides their arguments. */
export interface ContainerSettings {
  /** The paths at which volumes are mounted. */
  readonly mounts: readonly string[];
  /** The names of environment variables. */
  readonly variables: readonly string[];
}

/** What a pod adds to its `resolv.conf`; without any dnsPolicy of its own it is all of it (DNS-20). */
export interface DnsConfig {
  readonly nameservers: readonly IpAddress[];
  readonly searches: readonly string[];
  readonly options: readonly { readonly name: string; readonly value?: string }[];
}

/** The part of a pod (or pod template) that the network looks at. */
export interface PodTemplate {
  readonly labels: ReadonlyMap<string, string>;
  readonly hostNetwork: boolean;
  readonly dnsPolicy: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
  readonly serviceAccount: string;
  readonly hostname?: string;
  readonly subdomain?: string;
  /** What the pod itself is called, whatever `hostname` and `subdomain` say to the DNS (DNS-24). */
  readonly hostnameOverride?: string;
  readonly nodeName?: string;
  /** What its `/etc/hosts` answers, whatever the DNS says (DNS-24). */
  readonly hostAliases?: readonly HostAlias[];
  readonly dnsConfig?: DnsConfig;
  /** `windows` where the manifest says so, in `os` or in the node selector: names are looked up differently there (DNS-30). */
  readonly os?: 'windows';
  /** `enableServiceLinks`: whether its containers have variables for the Services of its namespace (DNS-25). @default true */
  readonly serviceLinks?: boolean;
  /** What its containers are told by their environment and arguments; read when it is asked for. */
  readonly texts?: () => readonly ContainerText[];
  /** Where its containers may have other settings; read when it is asked for. */
  readonly settings?: () => ContainerSettings;
  /** Its containers one by one; read when it is asked for. */
  readonly containers?: () => readonly PodContainer[];
  /** On which nodes it may run; read when it is asked for. */
  readonly scheduling?: () => Scheduling;
  /** Of containers and of restartable init containers (SVC-07); the order is that of the manifest. */
  readonly ports: readonly ContainerPort[];
}

export type WorkloadKind =
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'Job'
  | 'CronJob';

export interface WorkloadResource extends ResourceBase {
  readonly type: 'workload';
  readonly kind: WorkloadKind;
  /** `undefined` where the manifest leaves it open (an autoscaler may set it) or the kind has none. */
  readonly replicas?: number;
  /** Which pods are its own; Jobs and CronJobs usually have none (the controller fills it in). */
  readonly selector?: LabelSelector;
  /** Of a StatefulSet: the headless Service that its pods have their own names below (DNS-06). */
  readonly serviceName?: string;
  /** Of a StatefulSet: the number of its first pod. @default 0 */
  readonly firstOrdinal?: number;
  readonly template: PodTemplate;
}

export interface PodResource extends ResourceBase {
  readonly type: 'pod';
  readonly template: PodTemplate;
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** `status.podIPs`, else `status.podIP`; empty where the manifest tells none. */
  readonly addresses: readonly IpAddress[];
  /** The Ready condition of the status; `undefined` where the manifest has no status. */
  readonly ready?: boolean;
  readonly terminating: boolean;
}
