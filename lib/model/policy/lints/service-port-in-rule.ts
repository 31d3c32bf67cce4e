import type { PodGroup } from '../../cluster/workload';
import type { LintDetail } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { ClusterPolicyPort, NetworkPolicyPort, ServiceResource } from '../../manifest/resources';
import { podsSelectedBy, servicesOf, targetPortOn } from '../../service/selection';
import type { LintContext, LintRule } from './context';
import { hasPort, type PortNumber } from './declared-ports';
import { destinationsOf } from './destinations';
import { numbersOf } from './extent';
import { allRules, portField } from './places';

type AnyPort = NetworkPolicyPort | ClusterPolicyPort;
type Slip = LintDetail & { code: 'PTL135' };

/**
 * PTL135: a rule names the port of a Service, but policies see the packet after the Service has put the container port
 * in its place (NP-19).
 */
export const servicePortInRule: LintRule = (context) => {
  const translated = translatedNumbers(context);
  const names = (port: AnyPort) => port.type === 'range' && port.first === port.last && translated.has(port.first);
  // Few numbers are translated, and the destinations of all other rules need not be looked at.
  const suspects = translated.size === 0 ? [] : allRules(context).filter(({ rule: { ports } }) => ports.some(names));
  return suspects.flatMap((placed) => {
    const numbers = placed.rule.ports.flatMap((port, i) =>
      port.type === 'range' && port.first === port.last ? [{ i, port: port.first, protocol: port.protocol }] : [],
    );
    const { pods, isOpen } = destinationsOf(placed, context);
    // What listens elsewhere may well listen on this number.
    if (isOpen) return [];
    return numbers.flatMap(({ i, ...number }) => {
      const slip = slipOf(number, pods, context);
      // Who names both ports, to be on the safe side, has let the packet through.
      if (!slip || allows(placed.rule.ports, slip, pods)) return [];
      const field = portField(placed, i);
      return [{ severity: 'warning' as const, ...blame(placed.policy, field, [...field, 'port']), ...slip }];
    });
  });
};

/** The port numbers of Services that send some of their pods to another number. */
function translatedNumbers({ cluster }: LintContext): ReadonlySet<number> {
  const translated = new Set<number>();
  for (const service of cluster.services) {
    if (service.headless) continue;
    const pods = podsSelectedBy(service, cluster);
    for (const port of service.ports) {
      if (pods.some((pod) => (targetPortOn(pod, port) ?? port.port) !== port.port)) translated.add(port.port);
    }
  }
  return translated;
}

/**
 * Ports need not be declared, so that a number alone is never wrong. It is a slip where some Service has this port and
 * sends it to another one, and no destination is known to have the number or has nothing declared that says otherwise.
 */
function slipOf(number: PortNumber, pods: readonly PodGroup[], { cluster }: LintContext): Slip | undefined {
  let slip: Slip | undefined;
  for (const pod of pods) {
    const services = servicesOf(pod, cluster);
    if (pod.hostNetwork || hasPort(pod, number, services)) return undefined;
    const translated = services.flatMap((service) => translation(number, pod, service) ?? []);
    if (translated.length === 0 && pod.ports.length === 0) return undefined;
    slip ??= translated[0];
  }
  return slip;
}

function allows(ports: readonly AnyPort[], { containerPort, protocol }: Slip, pods: readonly PodGroup[]): boolean {
  const names = pods.flatMap((pod) => pod.ports.flatMap(({ port, name }) => (port === containerPort && name) || []));
  return ports.some(
    (port) => numbersOf(port).hasPort(protocol, containerPort) || (port.type === 'named' && names.includes(port.name)),
  );
}

/** SVC-21: a headless Service translates nothing, so that its own port says little. */
function translation({ port, protocol }: PortNumber, pod: PodGroup, service: ServiceResource): Slip | undefined {
  if (service.headless) return undefined;
  const own = service.ports.find((p) => p.port === port && p.protocol === protocol);
  const containerPort = own && targetPortOn(pod, own);
  if (containerPort === undefined) return undefined;
  return { code: 'PTL135', port, protocol, service: `${service.namespace}/${service.name}`, containerPort };
}
