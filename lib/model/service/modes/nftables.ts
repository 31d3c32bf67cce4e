import { KUBE_PROXY, type ProxyMode } from './mode';

/** Maps by address and port, with an end for what is in the Service range and in no map (KEP-3866). */
export const nftables: ProxyMode = {
  ...KUBE_PROXY,
  otherPort: 'rejects',
  unassigned: 'drops',
  rejectsFromNode: true,
  rangesWithoutEndpoints: true,
  localPolicies: 'as-described',
  hairpins: 'of-the-node',
  nodePorts: 'primary',
  loopbackNodePorts: false,
  guardsClosedNodePorts: false,
};
