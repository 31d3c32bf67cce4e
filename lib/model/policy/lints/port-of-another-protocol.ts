import { type PodGroup, workloadLabel } from '../../cluster/workload';
import type { PolicyLintDetail } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { ClusterPolicyPort, NetworkPolicyPort } from '../../manifest/resources';
import { servicesOf } from '../../service/selection';
import { PROTOCOLS, type Protocol } from '../../values/traffic-set';
import type { LintContext, LintRule } from './context';
import { hasPort, type PortNumber } from './declared-ports';
import { destinationsOf } from './destinations';
import { numbersOf } from './extent';
import { allRules, type PlacedRule, portField, rulesOf, rulesOfClusterPolicy } from './places';

type AnyPort = NetworkPolicyPort | ClusterPolicyPort;
type Slip = PolicyLintDetail & { readonly code: 'PTL139' };

/** PTL139: a port of a rule is a number with a protocol, and the pods that receive declare the number with another (NP-09). */
export const portOfAnotherProtocol: LintRule = (context) => {
  const lacking = lackingProtocols(context.pods);
  const isOther = (port: AnyPort) =>
    port.type === 'range' && port.first === port.last && lacking.get(port.first)?.has(port.protocol) === true;
  // Almost every number is declared with the protocol that rules say, and the destinations need not be looked at.
  const suspects = allRules(context).filter(({ rule: { ports } }) => ports.some(isOther));
  return suspects.flatMap((placed) => {
    const numbers = placed.rule.ports.flatMap((port, i) =>
      port.type === 'range' && isOther(port) ? [{ i, port: port.first, protocol: port.protocol }] : [],
    );
    const { pods, isOpen } = destinationsOf(placed, context);
    // What listens elsewhere may well listen with this protocol.
    if (isOpen) return [];
    return numbers.flatMap(({ i, ...number }) => {
      const slip = slipOf(number, pods, context);
      // Who opens the declared port too has let it through, and may know of more than is declared.
      if (!slip || opens(placed, { port: number.port, protocol: slip.declared })) return [];
      const field = portField(placed, i);
      return [{ severity: 'warning' as const, ...blame(placed.policy, field, [...field, 'port']), ...slip }];
    });
  });
};

/** By number: the protocols with which some pod that declares the number does not. */
function lackingProtocols(pods: readonly PodGroup[]): ReadonlyMap<number, ReadonlySet<Protocol>> {
  const lacking = new Map<number, Set<Protocol>>();
  for (const { ports } of pods) {
    for (const { port } of ports) {
      let known = lacking.get(port);
      if (!known) {
        known = new Set();
        lacking.set(port, known);
      }
      for (const protocol of PROTOCOLS) {
        if (!known.has(protocol) && !ports.some((own) => own.port === port && own.protocol === protocol)) {
          known.add(protocol);
        }
      }
    }
  }
  return lacking;
}

/**
 * Ports need not be declared (SVC-06), so that a port alone is never wrong. It is a slip where some pod declares its number
 * with another protocol, and each of the others declares ports as well, but not this one.
 */
function slipOf(number: PortNumber, pods: readonly PodGroup[], { cluster }: LintContext): Slip | undefined {
  const { port, protocol } = number;
  const may = (pod: PodGroup) =>
    pod.hostNetwork || pod.ports.length === 0 || hasPort(pod, number, servicesOf(pod, cluster));
  const declaring = pods.filter((pod) => pod.ports.some((each) => each.port === port));
  const declared = declaring[0]?.ports.find((each) => each.port === port)?.protocol;
  if (declared === undefined || pods.some(may)) return undefined;
  const workloads = [...new Set(declaring.map(({ workload }) => workloadLabel(workload)))].sort();
  return { code: 'PTL139', port, protocol, declared, workloads };
}

/** Whether some rule of the same policy and direction opens a port. */
function opens({ policy, direction }: PlacedRule, { port, protocol }: PortNumber): boolean {
  const rules: readonly PlacedRule[] = policy.type === 'networkPolicy' ? rulesOf(policy) : rulesOfClusterPolicy(policy);
  const covers = (each: AnyPort) => each.type === 'named' || numbersOf(each).hasPort(protocol, port);
  return rules.some(
    (placed) => placed.direction === direction && (placed.rule.ports.length === 0 || placed.rule.ports.some(covers)),
  );
}
