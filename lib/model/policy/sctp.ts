import { PortSet } from '../values/port-set';
import { certain, type Doubt, doubtful, type Ternary } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import type { Enforcer } from './enforcers/enforcer';
import type { Rule } from './language';

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
