import { KUBE_PROXY, type ProxyMode } from './mode';

/**
 * Virtual servers at addresses that each node has itself, so that other ports of a ClusterIP meet whatever the node serves
 * (SVC-10). Where a Local policy finds no endpoint it may still use those of other nodes.
 */
export const ipvs: ProxyMode = {
  ...KUBE_PROXY,
  otherPort: 'unknown',
  unassigned: 'leaves-alone',
  rejectsFromNode: true,
  rangesWithoutEndpoints: true,
  localPolicies: 'unknown',
  hairpins: 'all',
  nodePorts: 'all',
  loopbackNodePorts: false,
  guardsClosedNodePorts: false,
};
