import { POLICY_V1 } from './conformant';
import { NO_CLUSTER_POLICIES, OPTIONAL_CLUSTER_POLICIES } from './kube-network-policies';
import type { CniPlugin } from './plugin';

/** The plugin that kind brings along, where it can't be configured; it may also be installed by itself. */
export interface KindnetSpec {
  readonly name: 'kindnet';
  /** `--network-policy`: whether it enforces policies (NP-37); that of kind does since kind 0.24. @default true */
  readonly networkPolicy?: boolean;
  /** NET-04, `--masquerading`: packets that leave the cluster get the address of their node. @default true */
  readonly masquerading?: boolean;
  /** `--no-masquerade-cidr`: ranges to which pods show their own address. @default - none but the pod ranges */
  readonly noMasqueradeCidr?: string | readonly string[];
}

export const kindnet: CniPlugin<KindnetSpec> = {
  name: 'kindnet',
  title: 'kindnet',
  options: ['networkPolicy', 'masquerading', 'noMasqueradeCidr'],
  parse: (fields) => ({
    name: 'kindnet',
    networkPolicy: fields.flag('networkPolicy'),
    masquerading: fields.flag('masquerading'),
    noMasqueradeCidr: fields.cidrs('noMasqueradeCidr'),
  }),
  capabilities: ({ networkPolicy }) => ({
    ...POLICY_V1,
    ...(networkPolicy === false ? NO_CLUSTER_POLICIES : OPTIONAL_CLUSTER_POLICIES),
    enforcesNetworkPolicy: networkPolicy !== false,
    encryption: false,
  }),
  enforcing: (spec) => ({ ...spec, networkPolicy: true }),
};
