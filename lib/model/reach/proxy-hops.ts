import type { ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import type { ServiceEndpoint } from '../service/endpoints';
import { proxyModeOf } from '../service/modes';
import type { Packet } from '../service/packet';
import type { PacketWay } from '../service/packet-way';
import type { Pass } from '../service/pass';
import { formatIp } from '../values/ip';
import { podLabel } from './policy-hops';
import type { Hop, ServiceProblem } from './verdict';

type ServiceHop = Hop & { hop: 'service' };

/** A translation on the way. */
export function passHop({ services, cluster }: PolicyEngine, pass: Pass): ServiceHop {
  const { claim, at, choices, endpoint, isMasqueraded } = pass;
  const { service, port } = claim;
  const { selected, lacking } = services.endpointsOf(claim);
  const proxy = {
    node: at.node,
    via: claim.at,
    endpoint: endpointLabel(endpoint),
    choices,
    isSticky: service.sessionAffinity === 'ClientIP',
    // Nothing is claimed where nobody knows.
    isMasqueraded: isMasqueraded && proxyModeOf(cluster.profile).masquerading !== 'unknown',
  };
  return { hop: 'service', decision: 'passes', service, port: port.port, selected, lacking, proxy };
}

function endpointLabel({ backend }: ServiceEndpoint): string {
  return `${'pod' in backend ? podLabel(backend.pod) : formatIp(backend.address)}:${backend.port}`;
}

/** Where a packet ends at a kube-proxy. */
export function stopHop(
  engine: PolicyEngine,
  end: Exclude<PacketWay['end'], { how: 'arrives' }>,
  { port, protocol }: Packet,
  meant: ServiceResource | undefined,
): ServiceHop {
  const service = end.service ?? meant;
  const base = { hop: 'service' as const, service, port, selected: [], lacking: [] };
  if (end.how === 'unknown') return { ...base, decision: 'unknown', problem: 'open', doubts: end.doubts };
  const { node } = end.at;
  if (end.problem !== 'no-endpoints' || !service) return { ...base, node, decision: 'stops', problem: end.problem };
  const isOurs = (p: ServiceResource['ports'][number]) => p.port === port || p.nodePort === port;
  const served = service.ports.find((p) => isOurs(p) && p.protocol === protocol);
  return served
    ? { ...withoutEndpoints(engine, service, served), node }
    : { ...base, node, decision: 'stops', problem: end.problem };
}

/** SVC-12, and why there are none. */
export function withoutEndpoints(
  { services }: PolicyEngine,
  service: ServiceResource,
  port: ServiceResource['ports'][number],
): ServiceHop {
  const { selected, lacking } = services.endpointsOf({ service, port });
  const problem = whyNone(service, selected.length, lacking.length);
  return { hop: 'service', decision: 'stops', service, port: port.port, problem, selected, lacking };
}

function whyNone({ selector }: ServiceResource, selected: number, lacking: number): ServiceProblem {
  if (!selector) return 'no-selector';
  if (selected === 0) return 'selects-nothing';
  return lacking > 0 ? 'target-port-missing' : 'no-endpoints';
}
