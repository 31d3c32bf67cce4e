import type { PodGroup } from '../../model/cluster/workload';
import type { UnmodelledResource } from '../../model/manifest/resources';
import type { Network } from '../../model/network';
import { servicesOf } from '../../model/service/backends';
import type { TrafficSet } from '../../model/values/traffic-set';
import type { Checked } from '../checked';
import { causeOf, objectName } from '../diagnose';
import type { Intent } from '../intent';
import { type Resolved, resolveEndpoint } from '../resolve';
import { missingPort, podsBehind } from '../targets';
import { breachOf, endsOf, trafficTo } from '../ways';
import { brokenBy } from './not-to-reach';
import { broken, kept, keptOut, vacuous } from './results';

type ToBeExposedTo = Intent & { verb: 'toBeExposedTo' };

/** `expect(x).toBeExposedTo(internet)`, and its negation with every way in and `except`. */
export function checkToBeExposedTo(intent: ToBeExposedTo, network: Network): readonly Checked[] {
  const subject = resolveEndpoint(intent.subject, network.cluster);
  const zone = resolveEndpoint(intent.zone, network.cluster);
  if (subject.nothing) return [vacuous(intent, subject, 'subject', zone)];
  const missing = missingPort(network, subject);
  if (missing) return [broken(intent, subject, zone, { ...missing, role: 'subject' })];
  if (podsBehind(network, subject).length === 0) return [vacuous(intent, subject, 'subject', zone)];
  if (endsOf(network, zone).length === 0) return [vacuous(intent, zone, 'target', subject)];
  return [intent.negated ? unexposed(intent, subject, zone, network) : exposed(intent, subject, zone, network)];
}

function unexposed(intent: ToBeExposedTo, subject: Resolved, zone: Resolved, network: Network): Checked {
  const exceptions = intent.except.map((ref) => resolveEndpoint(ref, network.cluster));
  const whole = exceptions.filter((exception) => !exception.port);
  const spared = new Set(whole.flatMap((exception) => podsBehind(network, exception)));
  const pods = podsBehind(network, subject).filter((pod) => !spared.has(pod));
  const ends = endsOf(network, zone);
  const breaches = pods.flatMap((pod) =>
    ends.flatMap((from) => breachOf(network, from, { pod }, unsparedTraffic(network, subject, pod, exceptions)) ?? []),
  );
  if (breaches.length > 0) {
    const finding = brokenBy(intent, subject, zone, breaches, 'PTL120', network);
    return {
      ...finding,
      ...('offenders' in finding ? { offenders: [...new Set(breaches.map((b) => b.pair.to))] } : {}),
    };
  }
  const routed = pods.flatMap((pod) => routesTo(pod, network));
  if (routed.length === 0) return keptOut(intent, subject, zone, { entering: pods }, network);
  const kinds = [...new Set(routed.map(objectName))];
  return { ...broken(intent, subject, zone, { code: 'PTL302', kinds }), blame: routed[0].origin };
}

/** An exception for one port spares that port alone. */
function unsparedTraffic(
  network: Network,
  subject: Resolved,
  pod: PodGroup,
  exceptions: readonly Resolved[],
): TrafficSet {
  return exceptions
    .filter((exception) => exception.port && podsBehind(network, exception).includes(pod))
    .reduce((rest, exception) => rest.minus(trafficTo(exception, pod)), trafficTo(subject, pod));
}

/** Routing kinds are not modelled yet: one that names a Service of the pod may lead to it from outside. */
function routesTo(pod: PodGroup, network: Network): readonly UnmodelledResource[] {
  const names = servicesOf(pod, network.cluster).map((service) => service.name);
  return network.cluster.unmodelled.filter(
    (resource) => resource.concern === 'routing' && names.some((name) => mentions(resource.spec, name)),
  );
}

function mentions(value: unknown, name: string): boolean {
  if (value === name) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => mentions(part, name));
}

function exposed(intent: ToBeExposedTo, subject: Resolved, zone: Resolved, network: Network): Checked {
  const doors = podsBehind(network, subject).flatMap((pod) =>
    network.frontDoorsOf(pod).filter((door) => trafficTo(subject, pod).hasPort(door.protocol, door.port)),
  );
  if (doors.length === 0) {
    const blame = podsBehind(network, subject)[0]?.workload.origin;
    return { ...broken(intent, subject, zone, { code: 'PTL121' }), blame };
  }
  const perEnd = endsOf(network, zone).map((from) => {
    const ways = doors.map((door) => network.enter(from, door));
    return ways.find((way) => way.outcome === 'allowed') ?? ways[0];
  });
  const failing = perEnd.find((pair) => pair.outcome !== 'allowed');
  if (!failing) return kept(intent, subject, zone, perEnd);
  const { cause, blame } = causeOf(failing, network);
  return { ...broken(intent, subject, zone, cause), blame, example: failing };
}
