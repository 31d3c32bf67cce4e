import { POLICY_V1 } from './conformant';
import type { CniPlugin } from './plugin';

const ENCAPSULATIONS = ['IPIP', 'IPIPCrossSubnet', 'VXLAN', 'VXLANCrossSubnet', 'None'] as const;

export interface CalicoSpec {
  readonly name: 'calico';
  /** How packets between nodes are wrapped. @default - as the plugin decides */
  readonly encapsulation?: (typeof ENCAPSULATIONS)[number];
}

export const calico: CniPlugin<CalicoSpec> = {
  name: 'calico',
  title: 'Calico',
  options: ['encapsulation'],
  parse: (fields) => ({ name: 'calico', encapsulation: fields.choice('encapsulation', ENCAPSULATIONS) }),
  // Older versions read the older kinds, newer ones ClusterNetworkPolicy instead.
  capabilities: () => ({ ...POLICY_V1, adminNetworkPolicy: 'unknown', encryption: true }),
};
