import { inNamespace, type PodSelection, selectionOf, selectionOfBoth } from '../../cluster/pod-selection';
import type { RuleName } from '../../finding/lint';
import type { FieldPath } from '../../finding/origin';
import { nameOf } from '../../manifest/blame';
import type {
  ClusterPolicyPeer,
  ClusterPolicyResource,
  ClusterPolicyRule,
  NetworkPolicyPeer,
  NetworkPolicyResource,
  NetworkPolicyRule,
} from '../../manifest/resources';
import type { Requirement } from '../../values/label-selector';
import { rememberedOf } from '../../values/remembered';
import type { Direction } from '../language';
import type { LintContext } from './context';

export type Policy = NetworkPolicyResource | ClusterPolicyResource;

/** A rule in force, with its place. */
export interface PlacedRule<P extends Policy = Policy> {
  readonly policy: P;
  readonly direction: Direction;
  readonly index: number;
  readonly rule: P extends NetworkPolicyResource ? NetworkPolicyRule : ClusterPolicyRule;
}

/** Where a policy selects pods by labels: for its subject or as a peer of a rule. */
export interface Selecting {
  readonly policy: Policy;
  readonly selection: PodSelection;
  /** Absent where the subject is meant. */
  readonly rule?: PlacedRule;
  readonly podsField: FieldPath;
  /** Where the namespaces are selected; absent where it is the policy's own. */
  readonly namespacesField?: FieldPath;
}

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

// Nearly every lint goes through the rules of every policy, and through whom they select.

/** NP-02: rules of a direction that is not listed are none. */
export const rulesOf = rememberedOf((policy: NetworkPolicyResource): readonly PlacedRule<NetworkPolicyResource>[] => {
  const placed: PlacedRule<NetworkPolicyResource>[] = [];
  for (const direction of DIRECTIONS) {
    if (!policy.directions[direction]) continue;
    for (const [index, rule] of policy[direction].entries()) placed.push({ policy, direction, index, rule });
  }
  return placed;
});

export function rulesOfClusterPolicy(policy: ClusterPolicyResource): readonly PlacedRule<ClusterPolicyResource>[] {
  return DIRECTIONS.flatMap((direction) =>
    policy[direction].map((rule, index) => ({ policy, direction, index, rule })),
  );
}

/** The rules in force of all NetworkPolicies, in the order of the manifests. */
export const networkRules = rememberedOf(({ networkPolicies }: LintContext) => networkPolicies.flatMap(rulesOf));

/** Every rule in force: those of NetworkPolicies, then those of the administrators. */
export const allRules = rememberedOf((context: LintContext): readonly PlacedRule[] => [
  ...networkRules(context),
  ...context.clusterPolicies.flatMap(rulesOfClusterPolicy),
]);

/** What a policy applies to (NP-03, NP-06). */
export const subjectOf = rememberedOf((policy: Policy): Selecting => {
  if (policy.type === 'networkPolicy') {
    const selection = { pods: policy.podSelector, namespaces: inNamespace(policy.namespace) };
    return { policy, selection, podsField: ['spec', 'podSelector'] };
  }
  const selection = selectionOfBoth(policy.subject);
  return { policy, selection, ...fieldsOfBoth(selection, ['spec', 'subject']) };
});

/** What each policy applies to, in the order of `allRules`. */
export const subjectsOf = rememberedOf(({ networkPolicies, clusterPolicies }: LintContext): readonly Selecting[] =>
  [...networkPolicies, ...clusterPolicies].map(subjectOf),
);

/** The pods that the peers of a rule select, peer by peer. */
export const selectingPeers = rememberedOf((placed: PlacedRule): readonly Selecting[] => {
  const selecting: Selecting[] = [];
  for (const [i, peer] of placed.rule.peers.entries())
    if (peer.type === 'pods') selecting.push(ofPeer(peer, i, placed));
  return selecting;
});

function ofPeer(peer: PodsPeer, index: number, placed: PlacedRule): Selecting {
  const { policy } = placed;
  const field = peerField(placed, index);
  const selection = peerSelection(peer, policy);
  if (policy.type === 'clusterPolicy') return { policy, rule: placed, selection, ...fieldsOfBoth(selection, field) };
  const namespacesField = peer.namespaceSelector && [...field, 'namespaceSelector'];
  return { policy, rule: placed, selection, podsField: [...field, 'podSelector'], namespacesField };
}

/** The same of every rule, in order. */
export const peersOf = rememberedOf((context: LintContext) => allRules(context).flatMap(selectingPeers));

type PodsPeer = (NetworkPolicyPeer | ClusterPolicyPeer) & { type: 'pods' };

/** Whom a peer by labels means (NP-10, NP-11); the administrators' policies have no namespace of their own. */
export function peerSelection(peer: PodsPeer, policy: Policy): PodSelection {
  return policy.type === 'networkPolicy'
    ? selectionOf(peer, inNamespace(policy.namespace))
    : selectionOfBoth(peer as ClusterPolicyPeer & { type: 'pods' });
}

export function peerField({ rule, direction }: PlacedRule, index: number): FieldPath {
  return [...rule.field, direction === 'ingress' ? 'from' : 'to', index];
}

export function portField({ rule, policy }: PlacedRule, index: number): FieldPath {
  return [...rule.field, policy.kind === 'ClusterNetworkPolicy' ? 'protocols' : 'ports', index];
}

/** A requirement within a selector, where it stands in `matchLabels`; else the nearest field around it is found. */
export function requirementField(selector: FieldPath, requirement?: Requirement): FieldPath {
  return requirement ? [...selector, 'matchLabels', requirement.key] : selector;
}

export function ruleName({ policy, direction, index, rule }: PlacedRule): RuleName {
  return { ...nameOf(policy), direction, index, origin: policy.originOf(rule.field) };
}

/** The administrators' policies select namespaces alone, or pods with their namespaces. */
function fieldsOfBoth({ pods }: PodSelection, field: FieldPath): Pick<Selecting, 'podsField' | 'namespacesField'> {
  if (pods.isEverything) return { podsField: field, namespacesField: [...field, 'namespaces'] };
  return { podsField: [...field, 'pods', 'podSelector'], namespacesField: [...field, 'pods', 'namespaceSelector'] };
}
