import { KUBE_PROXY, type ProxyMode } from './mode';

/** Rules in the order of a list: what none of them takes passes as if there were no kube-proxy. */
export const iptables: ProxyMode = {
  ...KUBE_PROXY,
  otherPort: 'leaves-alone',
  unassigned: 'leaves-alone',
  rejectsFromNode: false,
  rangesWithoutEndpoints: false,
  localPolicies: 'as-described',
  hairpins: 'all',
  nodePorts: 'all',
  loopbackNodePorts: true,
  guardsClosedNodePorts: true,
};
