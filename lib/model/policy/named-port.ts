import type { BitSet } from '../values/bit-set';
import { PortSet } from '../values/port-set';
import { certain, type Doubt, doubtful, type Ternary } from '../values/ternary';
import { type Protocol, TrafficSet } from '../values/traffic-set';
import type { EndpointCompiler } from './endpoint-compiler';
import { type EndpointSet, narrowToPods } from './endpoint-set';
import type { Direction, Rule } from './language';
import { carriedOut } from './sctp';

const UNDECLARED_PORTS: Doubt = {
  rule: 'NP-22',
  wouldDecide: 'the container ports of pods that nobody declared here: which number the name has there',
};

/**
 * A port by name means, on each destination, the container port of that name and protocol: one rule for each number,
 * its destinations narrowed to the pods that have it (NP-21, NP-22). Whoever has no such port has none of this traffic.
 */
export function rulesForNamedPort(
  port: { readonly name: string; readonly protocols: readonly Protocol[] },
  rule: Rule,
  direction: Direction,
  compiler: EndpointCompiler,
): readonly Rule[] {
  const rules: Rule[] = [];
  const add = (pods: Ternary<BitSet>, traffic: Ternary<TrafficSet>) => {
    if (direction === 'ingress') rules.push({ ...rule, traffic, subject: narrow(rule.subject, pods) });
    else rules.push({ ...rule, traffic, peer: narrow(rule.peer, pods) });
  };
  for (const protocol of port.protocols) {
    const carried = (traffic: TrafficSet) => carriedOut(traffic, rule.action, compiler.enforcer);
    for (const [number, pods] of compiler.podsByNamedPort(port.name, protocol)) {
      const traffic = carried(compiler.ports(protocol, number));
      if (!traffic.may.isEmpty) add(pods, traffic);
    }
    const { may, because = [] } = carried(TrafficSet.of(protocol, PortSet.all));
    if (!may.isEmpty) add(certain(compiler.undeclared), doubtful(TrafficSet.empty, may, UNDECLARED_PORTS, ...because));
  }
  return rules;
}

function narrow(set: Ternary<EndpointSet>, pods: Ternary<BitSet>): Ternary<EndpointSet> {
  const may = narrowToPods(set.may, pods.may);
  if (set.must === set.may && pods.must === pods.may) return certain(may);
  return doubtful(narrowToPods(set.must, pods.must), may, ...(set.because ?? []), ...(pods.because ?? []));
}
