import { workloadsWith } from '../model/cluster/guess';
import type { PodGroup } from '../model/cluster/workload';
import type { Origin } from '../model/finding/origin';
import type { Network } from '../model/network';
import { podLabel } from '../model/reach/policy-hops';
import type { Hop } from '../model/reach/verdict';
import { LabelSelector } from '../model/values/label-selector';
import type { Cause } from './finding';
import { nearestLabel } from './nearest-label';
import { near } from './resolve';

type ServiceHop = Hop & { hop: 'service' };

/** Why a Service sends to nobody. */
export function causeOfServiceStop(
  stop: ServiceHop,
  network: Network,
): { readonly cause: Cause; readonly blame?: Origin } {
  const { service, problem } = stop;
  if (!service) return { cause: { code: 'PTL203', services: [] } };
  const cause = causeFor(stop, problem ?? 'open', network);
  const isScaledDown = cause.code === 'PTL205' && cause.scaledDown !== undefined;
  return { cause, blame: isScaledDown ? stop.selected[0].workload.origin : service.origin };
}

function causeFor(stop: ServiceHop, problem: NonNullable<ServiceHop['problem']>, network: Network): Cause {
  const name = `${stop.service!.namespace}/${stop.service!.name}`;
  switch (problem) {
    case 'no-service':
    case 'ambiguous':
      return { code: 'PTL203', services: [name] };
    case 'no-such-port': {
      const has = stop.service!.ports.map((port) => port.name ?? String(port.port));
      return { code: 'PTL201', service: name, port: String(stop.port), has, didYouMean: near(String(stop.port), has) };
    }
    case 'selects-nothing':
      return selectsNothing(stop, name, network);
    case 'target-port-missing':
      return targetPortMissing(stop, name);
    case 'no-endpoints':
      return { code: 'PTL205', service: name, scaledDown: scaledDown(stop) };
    case 'no-local-endpoints':
      return { code: 'PTL207', service: name, port: stop.port };
    case 'source-not-allowed':
    case 'unassigned-address':
    case 'node-port-closed':
    case 'left-cluster':
    case 'reply-lost':
    case 'loopback':
    case 'mere-name':
    case 'leads-nowhere':
      return { code: 'PTL208', service: name, problem };
    case 'headless-port': {
      const containerPorts = [
        ...new Set(stop.selected.flatMap((pod) => pod.ports.map((p) => `${p.port}/${p.protocol}`))),
      ];
      return { code: 'PTL206', service: name, port: stop.port, containerPorts };
    }
    case 'no-selector':
      return stop.decision === 'stops'
        ? { code: 'PTL202', service: name, selector: '', isEmpty: stop.service!.hasEmptySelector }
        : undecided('SVC-02', `the endpoints of Service ${name}, which has no selector`);
    case 'uncertain-endpoints':
    case 'open':
      return { code: 'PTL904', doubts: stop.doubts ?? [] };
  }
}

function scaledDown({ selected }: ServiceHop): string | undefined {
  const [first] = selected;
  return first && selected.every(({ replicas }) => replicas === 0) ? podLabel(first) : undefined;
}

function undecided(rule: string, wouldDecide: string): Cause {
  return { code: 'PTL904', doubts: [{ rule, wouldDecide }] };
}

function selectsNothing(stop: ServiceHop, name: string, network: Network): Cause {
  const selector = LabelSelector.fromLabels(stop.service!.selector ?? new Map());
  const pods = network.cluster.pods.filter(
    (pod) => pod.provenance !== 'stranger' && pod.namespace.name === stop.service!.namespace,
  );
  const didYouMean = nearestLabel(
    selector,
    pods.map((pod) => pod.labels.known),
  );
  const elsewhere = workloadsWith(selector, network.cluster.pods);
  return { code: 'PTL202', service: name, selector: selector.toString(), elsewhere, didYouMean };
}

/** SVC-07: the Service sends to a port by a name that pods of it do not have. */
export function targetPortMissing(stop: ServiceHop, service: string): Cause {
  const port = stop.service!.ports.find((p) => p.port === stop.port || p.name === stop.port)!;
  const targetPort = String(port.targetPort);
  const named = stop.lacking.flatMap((pod) => pod.ports.filter((p) => p.name && p.protocol === port.protocol));
  const names = [...new Set(named.map((p) => p.name!))];
  const only = names.length === 1 ? names[0] : names.find((n) => named.find((p) => p.name === n)!.port === port.port);
  return {
    code: 'PTL204',
    service,
    port: port.port,
    targetPort,
    selected: [...new Set(stop.selected.map((pod: PodGroup) => podLabel(pod)))],
    has: [
      ...new Set(stop.lacking.flatMap((pod) => pod.ports.map((p) => `${p.name ?? ''} ${p.port}/${p.protocol}`.trim()))),
    ],
    didYouMean: near(targetPort, names) ?? only,
  };
}
