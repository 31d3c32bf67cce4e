import { POLICY_V1 } from './conformant';
import { OPTIONAL_CLUSTER_POLICIES } from './kube-network-policies';
import type { CniPlugin } from './plugin';

/** The plugin that kind brings along. */
export interface KindnetSpec {
  readonly name: 'kindnet';
}

export const kindnet: CniPlugin<KindnetSpec> = {
  name: 'kindnet',
  title: 'kindnet',
  options: [],
  parse: () => ({ name: 'kindnet' }),
  capabilities: () => ({ ...POLICY_V1, ...OPTIONAL_CLUSTER_POLICIES, encryption: false }),
};
