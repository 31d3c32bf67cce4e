import type { CniCapabilities } from '../cluster/cni/capabilities';
import { BitSet } from '../values/bit-set';
import { PortSet } from '../values/port-set';
import { certain, type Doubt, doubtful, type Ternary } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import type { EndpointCompiler } from './endpoint-compiler';
import { podSet } from './endpoint-set';
import type { Enforcer } from './enforcers/enforcer';
import { DATAPATH_TIER, type Direction, type PolicyBlock, type Rule } from './language';

const ALL_SCTP = TrafficSet.of('SCTP', PortSet.all);
const SCTP_DOUBT: Doubt = {
  rule: 'NP-09',
  wouldDecide: 'whether the network plugin carries out rules about SCTP',
};

/**
 * NP-09: what the ports of a rule come to where the plugin may not carry out what they say of SCTP. Nothing then gets
 * through by the rule; whether what it denies is stopped nobody says.
 */
export function carriedOut(traffic: TrafficSet, action: Rule['action'], { sctp }: Enforcer): Ternary<TrafficSet> {
  if (sctp === true || !traffic.intersects(ALL_SCTP)) return certain(traffic);
  const others = traffic.minus(ALL_SCTP);
  if (sctp === false && action === 'allow') return certain(others);
  return doubtful(others, traffic, SCTP_DOUBT);
}

/** NP-09: what the plugin drops of whatever leaves or enters a pod, by any policy and by none. */
export function uncarriedBy({ sctp }: CniCapabilities): TrafficSet {
  return sctp === false ? ALL_SCTP : TrafficSet.empty;
}

/** The same as blocks, so that whoever asks for what policies let through has it. Pods on the network of their node have no part. */
export function datapathBlocks({ cluster, enforcer }: EndpointCompiler): readonly PolicyBlock[] {
  const uncarried = uncarriedBy(enforcer);
  if (uncarried.isEmpty) return [];
  const { pods, profile } = cluster;
  const own = pods.filter(({ hostNetwork }) => !hostNetwork).map(({ index }) => index);
  const subject = certain(podSet(BitSet.of(pods.length, own)));
  const field = ['cni', 'sctp'];
  const origin = { kind: 'PodNetwork', namespace: '', name: 'sctp: false', field, origin: profile.originOf(field) };
  return (['egress', 'ingress'] as const).map((direction: Direction) => ({
    direction,
    order: { tier: DATAPATH_TIER, rank: 0, tie: '', ties: 'ordered' },
    rules: [],
    isolation: [{ subject, traffic: certain(uncarried), origin: { ...origin, direction } }],
  }));
}
