import type { CniCapabilities } from '../../cluster/cni/capabilities';
import { BitSet } from '../../values/bit-set';
import { certain, type Doubt, doubtful, type Ternary } from '../../values/ternary';
import { TrafficSet } from '../../values/traffic-set';
import type { EndpointCompiler } from '../endpoint-compiler';
import { type EndpointSet, podSet } from '../endpoint-set';
import type { BlockOrder, Direction, PolicyBlock, Rule } from '../language';
import { arrangeAtPod, type Enforcer, type Place } from './enforcer';
import { placeByApi } from './neutral';

/** The tier that Cilium's own policies ask for: they share that of NetworkPolicy. */
export const CILIUM_TIER = 'CiliumNetworkPolicy';
const NORMAL = 'NetworkPolicy';
const DEFAULT_DENY = 'default deny';

/**
 * Cilium: NetworkPolicies and its own policies are one heap in which any deny beats any allow, whatever object has it;
 * what its own policies deny by default they deny at the very end.
 */
export function ciliumEnforcer(capabilities: CniCapabilities): Enforcer {
  return { ...capabilities, arrange: (blocks) => arrangeAtPod(blocks.flatMap(heaped), place) };
}

function heaped(block: PolicyBlock): readonly PolicyBlock[] {
  if (block.order.tier !== NORMAL && block.order.tier !== CILIUM_TIER) return [block];
  const withRules = (rank: number, rules: readonly Rule[]): PolicyBlock[] =>
    rules.length === 0
      ? []
      : [{ ...block, rules, isolation: [], order: { ...block.order, tier: NORMAL, rank, ties: 'ordered' } }];
  const isDeny = (rule: Rule) => rule.action === 'deny';
  const isolationTier = block.order.tier === CILIUM_TIER ? DEFAULT_DENY : NORMAL;
  return [
    ...withRules(0, block.rules.filter(isDeny)),
    ...withRules(
      1,
      block.rules.filter((rule) => !isDeny(rule)),
    ),
    { ...block, rules: [], order: { ...block.order, tier: isolationTier, rank: 2 } },
  ];
}

function place(order: BlockOrder): Place | undefined {
  if (order.tier === DEFAULT_DENY) return { ...order, position: Number.POSITIVE_INFINITY };
  return placeByApi(order);
}

const HOST_POLICY_DOUBT: Doubt = {
  rule: 'NP-28',
  wouldDecide:
    'what CiliumClusterwideNetworkPolicies let nodes do, for with its host firewall Cilium shuts these as well',
};

/** With `policyEnforcementMode: always` every pod is shut in both directions, and policies only open. */
export function ciliumBlocks(compiler: EndpointCompiler): readonly PolicyBlock[] {
  const { cni, originOf } = compiler.cluster.profile;
  if (cni.name !== 'cilium' || cni.policyEnforcementMode !== 'always') return [];
  const subject = shutPods(compiler, cni.hostFirewall === true);
  const field = ['cni', 'policyEnforcementMode'];
  const origin = {
    kind: 'PodNetwork',
    namespace: '',
    name: 'policyEnforcementMode: always',
    field,
    origin: originOf(field),
  };
  return (['egress', 'ingress'] as const).map((direction: Direction) => ({
    direction,
    order: { tier: CILIUM_TIER, rank: 0, tie: '', ties: 'ordered' },
    rules: [],
    isolation: [{ subject, traffic: certain(TrafficSet.all), origin: { ...origin, direction } }],
  }));
}

/** NP-28: pods on the network of their node are none to Cilium; nodes are shut where it has policies for them. */
function shutPods({ cluster: { pods } }: EndpointCompiler, nodesToo: boolean): Ternary<EndpointSet> {
  const ordinary = podSet(
    BitSet.of(
      pods.length,
      pods.filter((pod) => !pod.hostNetwork).map(({ index }) => index),
    ),
  );
  if (!nodesToo) return certain(ordinary);
  return doubtful(ordinary, podSet(BitSet.of(pods.length, pods.keys())), HOST_POLICY_DOUBT);
}
