import type { Fields } from '../profile-fields';
import { POLICY_V1 } from './conformant';
import { NO_CLUSTER_POLICIES } from './kube-network-policies';
import type { CniPlugin } from './plugin';

const PROJECTS = ['weaveworks', 'rajch'] as const;

export interface WeaveSpec {
  readonly name: 'weave';
  /** `IPALLOC_RANGE`: where all pods get their addresses, whatever Kubernetes gives the nodes. @default - `podCidr`, else 10.32.0.0/12 */
  readonly range?: string;
  /** The Secret in kube-system, with a key of its own name, that holds the password by which all nodes encrypt. @default - nothing is encrypted */
  readonly passwordSecret?: string;
  /** Networks of nodes that trust each other, between which nothing is encrypted. @default - none */
  readonly trustedSubnets?: string | readonly string[];
  /** `WEAVE_MTU`: NET-06, the largest packet of pods in bytes. @default 1376 */
  readonly mtu?: number;
  /** `EXPECT_NPC`: whether weave-npc enforces policies (NP-37). @default true */
  readonly policyController?: boolean;
  /** `NO_MASQ_LOCAL`: whether `externalTrafficPolicy: Local` keeps the address of clients. @default true */
  readonly noMasqLocal?: boolean;
  /** Who makes it: the original project, which is archived, or the fork by which it lives on. @default 'weaveworks' */
  readonly project?: (typeof PROJECTS)[number];
}

/** Where pods get addresses unless it is told otherwise. */
export const WEAVE_RANGE = '10.32.0.0/12';
/** NET-06: what pods get unless it is told otherwise: room for the smallest network and for encryption. */
export const WEAVE_MTU = 1376;

export const weave: CniPlugin<WeaveSpec> = {
  name: 'weave',
  title: 'Weave Net',
  options: ['range', 'passwordSecret', 'trustedSubnets', 'mtu', 'policyController', 'noMasqLocal', 'project'],
  parse: (fields) => ({
    name: 'weave',
    range: rangeOf(fields),
    passwordSecret: fields.text('passwordSecret'),
    trustedSubnets: fields.cidrs('trustedSubnets', 4),
    mtu: fields.mtu('mtu'),
    policyController: fields.flag('policyController'),
    noMasqLocal: fields.flag('noMasqLocal'),
    project: fields.choice('project', PROJECTS),
  }),
  capabilities: ({ policyController, project, noMasqLocal }) => ({
    ...POLICY_V1,
    ...NO_CLUSTER_POLICIES,
    enforcesNetworkPolicy: policyController !== false,
    // It refuses the whole policy, and says so in its log only.
    namedPorts: false,
    endPort: false,
    // It asks iptables for whatever protocol a policy names; nobody says that it was tried.
    sctp: 'unknown',
    // Both come by the address that a node has in the one range, but for packets that enter where the pod runs.
    nodesKeepAddress: 'unknown',
    clientsKeepAddress: noMasqLocal === false ? 'unknown' : 'local',
    dualStack: false,
    encryption: true,
    maintenance: project === 'rajch' ? 'active' : 'archived',
  }),
  enforcer: () => 'weave',
  enforcing: (spec) => ({ ...spec, policyController: true }),
};

function rangeOf(fields: Fields): string | undefined {
  const range = fields.cidr('range');
  if (!range?.includes(':')) return range;
  fields.refuse('range', 'Weave Net carries IPv4 only', 'one CIDR of IPv4');
  return undefined;
}
