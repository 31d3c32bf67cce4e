import { ENDPOINT, type HasEndpoint } from '../intents/endpoint';
import type { ComponentName } from '../model/cluster/component-ports';

/**
 * What Kubernetes itself has listening on the nodes of the control plane, at its usual ports (NET-01): to promise who reaches it
 * and who doesn't, as in `expect(internet).not.toReach(controlPlane.etcd)`. Such a promise holds where the `firewall` of the
 * `PodNetwork`, or policies of the pods that send, make it hold.
 */
export const controlPlane = {
  /** TCP port 6443. */
  apiServer: component('controlPlane.apiServer'),
  /** TCP ports 2379 and 2380. */
  etcd: component('controlPlane.etcd'),
  /** TCP port 10250. */
  kubelet: component('controlPlane.kubelet'),
  /** TCP port 10259. */
  scheduler: component('controlPlane.scheduler'),
  /** TCP port 10257. */
  controllerManager: component('controlPlane.controllerManager'),
} as const;

/** Likewise on all other nodes. */
export const workers = {
  /** TCP port 10250. */
  kubelet: component('workers.kubelet'),
  /** TCP port 10256. */
  kubeProxyHealth: component('workers.kubeProxyHealth'),
  /** Every port of `nodePortRange`, of every protocol (SVC-20). */
  nodePorts: component('workers.nodePorts'),
} as const;

function component(name: ComponentName): HasEndpoint {
  return Object.freeze({ [ENDPOINT]: Object.freeze({ kind: 'component', name } as const) });
}
