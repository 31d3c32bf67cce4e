import { POLICY_V1 } from './conformant';
import { NO_CLUSTER_POLICIES, OPTIONAL_CLUSTER_POLICIES } from './kube-network-policies';
import type { CniPlugin } from './plugin';

export interface FlannelSpec {
  readonly name: 'flannel';
  /** Whether its policy controller is installed beside it; without it nobody reads policies (NP-37). @default false */
  readonly netpol?: boolean;
}

export const flannel: CniPlugin<FlannelSpec> = {
  name: 'flannel',
  title: 'Flannel',
  options: ['netpol'],
  parse: (fields) => ({ name: 'flannel', netpol: fields.flag('netpol') }),
  // NP-37: alone it moves packets and reads no policy; with `netpol` kube-network-policies runs beside it.
  capabilities: ({ netpol }) => ({
    ...POLICY_V1,
    ...(netpol === true ? OPTIONAL_CLUSTER_POLICIES : NO_CLUSTER_POLICIES),
    enforcesNetworkPolicy: netpol === true,
    encryption: true,
  }),
  enforcing: (spec) => ({ ...spec, netpol: true }),
};
