import { PortSet } from '../values/port-set';
import type { Doubt } from '../values/ternary';
import { type Protocol, TrafficSet } from '../values/traffic-set';
import type { NodeRole } from './node-groups';
import type { ClusterProfile } from './profile';

/** What Kubernetes itself has listening on nodes, as promises name it. */
export const COMPONENTS = [
  'controlPlane.apiServer',
  'controlPlane.etcd',
  'controlPlane.kubelet',
  'controlPlane.scheduler',
  'controlPlane.controllerManager',
  'workers.kubelet',
  'workers.kubeProxyHealth',
  'workers.nodePorts',
] as const;

export type ComponentName = (typeof COMPONENTS)[number];

/** Who asks for a port of nodes in a working cluster. */
export type PortClient =
  | 'api-clients'
  | 'bgp-peers'
  | 'control-plane'
  | 'load-balancers'
  | 'node-port-clients'
  | 'nodes'
  | 'pods';

/** NET-01: a port of nodes, as installers leave it unless they are told otherwise. */
export interface ComponentPort {
  readonly role: NodeRole;
  /** Within a sentence. */
  readonly label: string;
  readonly protocols: readonly Protocol[];
  readonly first: number;
  readonly last: number;
  /** Who asks for it from another machine; nobody for what only its own node asks for. */
  readonly clients: readonly PortClient[];
  /** What for. */
  readonly purpose: string;
  /** What leaves open whether anybody listens there. */
  readonly doubt?: Doubt;
}

type Fixed = Omit<ComponentPort, 'protocols' | 'last'> & { readonly last?: number };

const FIXED: Readonly<Record<Exclude<ComponentName, 'workers.nodePorts'>, Fixed>> = {
  'controlPlane.apiServer': {
    role: 'control-plane',
    label: 'the API server',
    first: 6443,
    clients: ['api-clients', 'nodes', 'pods'],
    purpose: 'the Kubernetes API',
  },
  'controlPlane.etcd': {
    role: 'control-plane',
    label: 'etcd',
    first: 2379,
    last: 2380,
    clients: ['control-plane'],
    purpose: 'the store of the API server, and its replicas among themselves',
  },
  'controlPlane.kubelet': {
    role: 'control-plane',
    label: 'the kubelet of the control plane',
    first: 10_250,
    clients: ['control-plane'],
    purpose: 'logs, exec and metrics of pods, which the API server asks for',
  },
  'controlPlane.scheduler': {
    role: 'control-plane',
    label: 'the scheduler',
    first: 10_259,
    clients: [],
    purpose: 'health and metrics of the scheduler, asked for on the node itself',
  },
  'controlPlane.controllerManager': {
    role: 'control-plane',
    label: 'the controller manager',
    first: 10_257,
    clients: [],
    purpose: 'health and metrics of the controller manager, asked for on the node itself',
  },
  'workers.kubelet': {
    role: 'worker',
    label: 'the kubelet of the workers',
    first: 10_250,
    clients: ['control-plane'],
    purpose: 'logs, exec and metrics of pods, which the API server asks for',
  },
  'workers.kubeProxyHealth': {
    role: 'worker',
    label: 'the health of kube-proxy on the workers',
    first: 10_256,
    clients: ['load-balancers'],
    purpose: 'health of kube-proxy, which load balancers ask for',
  },
};

/** The network plugin may answer there in its stead, as an option or by itself. */
const WITHOUT_KUBE_PROXY = {
  label: 'the health of what serves Services in place of kube-proxy on the workers',
  purpose:
    'health of what serves Services in place of kube-proxy, where the network plugin tells it there: load balancers ask',
  doubt: {
    rule: 'NET-01',
    wouldDecide: 'whether the network plugin that serves Services tells its health at port 10256',
  },
};

/** NET-01, SVC-20. */
export function componentPort(
  name: ComponentName,
  { nodePortRange, capabilities }: Pick<ClusterProfile, 'nodePortRange' | 'capabilities'>,
): ComponentPort {
  if (name === 'workers.kubeProxyHealth' && capabilities.replacesKubeProxy) {
    return { last: FIXED[name].first, ...FIXED[name], ...WITHOUT_KUBE_PROXY, protocols: ['TCP'] };
  }
  if (name !== 'workers.nodePorts') return { last: FIXED[name].first, ...FIXED[name], protocols: ['TCP'] };
  return {
    role: 'worker',
    label: 'the node ports of the workers',
    protocols: ['TCP', 'UDP', 'SCTP'],
    ...nodePortRange,
    clients: ['node-port-clients', 'load-balancers'],
    purpose: 'Services of type NodePort, and load balancers in front of Services',
  };
}

/** The traffic that it is about. */
export function trafficOf({ protocols, first, last }: Pick<ComponentPort, 'protocols' | 'first' | 'last'>): TrafficSet {
  const ports = PortSet.range(first, last);
  return protocols.reduce((all, protocol) => all.union(TrafficSet.of(protocol, ports)), TrafficSet.empty);
}
