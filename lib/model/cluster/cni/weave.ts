import { POLICY_V1 } from './conformant';
import { NO_CLUSTER_POLICIES } from './kube-network-policies';
import type { CniPlugin } from './plugin';

export interface WeaveSpec {
  readonly name: 'weave';
}

export const weave: CniPlugin<WeaveSpec> = {
  name: 'weave',
  title: 'Weave Net',
  options: [],
  parse: () => ({ name: 'weave' }),
  capabilities: () => ({
    ...POLICY_V1,
    ...NO_CLUSTER_POLICIES,
    namedPorts: false,
    endPort: false,
    sctp: 'unknown',
    dualStack: false,
    encryption: true,
    maintenance: 'archived',
  }),
};
