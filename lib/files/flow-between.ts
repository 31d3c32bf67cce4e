import { ENDPOINT, type EndpointRef, type HasEndpoint } from '../intents/endpoint';
import type { ReachBy } from '../intents/intent';
import { type Resolved, resolveEndpoint } from '../intents/resolve';
import { InvalidInputError } from '../model/finding/invalid-input-error';
import type { Network } from '../model/network';
import type { Endpoint, Flow } from '../model/reach/flow';
import { servicesOf } from '../model/service/selection';
import type { IpFamily } from '../model/values/ip';
import type { Protocol } from '../model/values/traffic-set';

/** One end of a question: an endpoint, a construct, or the command's notation, e.g. `shop/web` or `10.0.0.1`. */
export type Asked = string | HasEndpoint | { readonly node: { readonly path: string } };

/** What else tells which flow is meant. */
export interface FlowOptions {
  /** The container port; the Service port when asked by name or Service. @default - that of the target, if it is a port */
  readonly port?: number | string;
  /** @default - that of the target, if it is a port; else 'TCP' */
  readonly protocol?: Protocol;
  /** @default 'name' for what a Service leads to, as in promises; else 'podIP' */
  readonly by?: ReachBy;
  /** @default - every family that both ends have */
  readonly family?: IpFamily;
}

/** @throws InvalidInputError PTL017 when an end is not known */
export function flowBetween(network: Network, from: Asked, to: Asked, options: FlowOptions): Flow {
  const [source, target] = [endOf(network, from, 'from'), endOf(network, to, 'to')];
  const { port = target.port?.name, protocol = target.port?.protocol ?? 'TCP', family } = options;
  if (port === undefined) throw invalid('port', '', 'the flow has no port', 'the number or the name of a port');
  const by = options.by ?? (isNamed(target.end, network) ? 'name' : 'podIP');
  return { from: source.end, to: target.end, port, protocol, by, family };
}

interface AskedEnd {
  readonly end: Endpoint;
  readonly port?: Resolved['port'];
}

function endOf(network: Network, asked: Asked, field: string): AskedEnd {
  if (typeof asked === 'string') {
    const parsed = network.endpoint(asked);
    if (parsed.ok) return { end: parsed.endpoint };
    throw invalid(field, asked, parsed.problem, parsed.expected);
  }
  const resolved = resolveEndpoint(refOf(asked), network.cluster);
  const end = endpointOf(resolved);
  if (end) return { end, port: resolved.port };
  const problem = resolved.nothing?.problem ?? `\`${resolved.label}\` stands for no pod, node, Service or address`;
  throw invalid(field, resolved.label, problem, 'an endpoint of this network');
}

function refOf(asked: Exclude<Asked, string>): EndpointRef {
  return ENDPOINT in asked ? asked[ENDPOINT] : { kind: 'construct', path: asked.node.path };
}

function endpointOf({ label, pods, services, addresses, node }: Resolved): Endpoint | undefined {
  if (node) return { type: 'node', label, node };
  const [workload, ...others] = new Set(pods.map((pod) => pod.workload));
  if (workload) return { type: 'pods', label, pods, workload: others.length === 0 ? workload : undefined };
  if (services.length === 1) return { type: 'service', label, service: services[0] };
  return addresses.isEmpty ? undefined : { type: 'addresses', label, addresses };
}

function isNamed(end: Endpoint, { cluster }: Network): boolean {
  if (end.type === 'service') return true;
  return end.type === 'pods' && end.pods.some((pod) => servicesOf(pod, cluster).length > 0);
}

function invalid(field: string, got: string, problem: string, expected: string): InvalidInputError {
  return new InvalidInputError([{ code: 'PTL017', field, got, problem, expected, origin: {} }]);
}
