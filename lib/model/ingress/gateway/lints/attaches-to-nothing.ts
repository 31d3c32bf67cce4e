import type { Cluster } from '../../../cluster/cluster';
import type { GatewayLintDetail } from '../../../finding/gateway-lint';
import type { Lint } from '../../../finding/lint';
import type { FieldPath } from '../../../finding/origin';
import { blame, nameOf } from '../../../manifest/blame';
import { GATEWAY_GROUP } from '../../../manifest/gateway-resource';
import { DEFAULT_NAMESPACE } from '../../../manifest/kinds/metadata';
import type { GatewayListener, GatewayResource, ParentReference, RouteResource } from '../../../manifest/resources';
import { nearest } from '../../../values/nearest';
import { nearestHost } from '../../nearest-host';
import { attachmentOf, kindsOf, type Refusal } from '../attachment';
import { listenersOf } from '../listeners';
import type { GatewayLintRule } from './rule';

type Detail = GatewayLintDetail & { readonly code: 'PTL420' };

/** What is wrong with a reference, and where. */
type Problem = Pick<Detail, 'problem' | 'asked' | 'has' | 'didYouMean'> & {
  readonly namesakes?: Detail['namesakes'];
  readonly field: FieldPath;
};

/** PTL420: a route counts where a listener takes it: by name and port, kind, namespace and hostname (GW-01, GW-04, GW-05). */
export const attachesToNothing: GatewayLintRule = (cluster) =>
  cluster.gatewayApi.routes.flatMap((route) =>
    route.parents.filter(isGateway).flatMap((parent): readonly Lint[] => {
      const { kind, name, namespace = route.namespace } = parent;
      const gateway = cluster.gatewayApi.gateways.find((each) => each.name === name && each.namespace === namespace);
      const found = gateway ? refusalBy(gateway, route, parent, cluster) : withoutGateway(route, parent, cluster);
      if (!found) return [];
      const { field, ...problem } = found;
      const detail: Detail = { code: 'PTL420', parent: { kind, namespace, name }, namesakes: [], ...problem };
      const isSure = gateway && !(problem.problem === 'namespace' && mayMove(route, gateway));
      return [{ severity: isSure || cluster.isWhole ? 'error' : 'warning', ...blame(route, field), ...detail }];
    }),
  );

function isGateway({ group, kind }: ParentReference): boolean {
  return group === GATEWAY_GROUP && kind === 'Gateway';
}

/** NP-44: objects whose manifests name no namespace may live with the others in the end. */
function mayMove(...resources: readonly (RouteResource | GatewayResource)[]): boolean {
  return resources.some(({ namespace }) => namespace === DEFAULT_NAMESPACE);
}

/** A Gateway that is not declared here may be there all the same, unless another one was meant. */
function withoutGateway(route: RouteResource, parent: ParentReference, cluster: Cluster): Problem | undefined {
  const { gateways } = cluster.gatewayApi;
  const { name, namespace = route.namespace } = parent;
  const common = { asked: name, field: [...parent.field, 'name'] };
  const namesakes = gateways.filter((each) => each.name === name);
  if (namesakes.length > 0) {
    const told = namesakes.map((each) => ({ ...nameOf(each), origin: each.origin }));
    return { ...common, problem: 'another-namespace', has: told.map((each) => each.namespace), namesakes: told };
  }
  const has = gateways.filter((each) => each.namespace === namespace).map((each) => each.name);
  const didYouMean = nearest(name, has);
  if (didYouMean === undefined && !cluster.isWhole) return undefined;
  return { ...common, problem: 'no-gateway', has, didYouMean };
}

/** How far a route gets with a listener: the one that it gets furthest with is the one that was meant. */
const FURTHEST: readonly Refusal[] = ['NoMatchingListenerHostname', 'NotAllowedByListeners', 'NoMatchingParent'];

/** Why no listener of the Gateway takes the route; `undefined` where one does, or may. */
function refusalBy(
  gateway: GatewayResource,
  route: RouteResource,
  parent: ParentReference,
  cluster: Cluster,
): Problem | undefined {
  const own = listenersOf(gateway, cluster).filter(({ of }) => of === gateway);
  const alone = { ...route, parents: [parent] };
  const refused = own.flatMap((served) => {
    const attachment = attachmentOf(alone, served, cluster);
    return attachment && !attachment.attached ? [{ listener: served.listener, reason: attachment.reason }] : [];
  });
  if (refused.length < own.length || own.some(({ listener }) => isForeign(listener))) return undefined;
  const reason = FURTHEST.find((each) => refused.some((one) => one.reason === each));
  const listeners = refused.filter((one) => one.reason === reason).map(({ listener }) => listener);
  switch (reason) {
    case 'NoMatchingParent':
      return noSuchListener(parent, listeners);
    case 'NotAllowedByListeners':
      return notAllowed(route, parent, listeners);
    case 'NoMatchingListenerHostname':
      return noSuchHostname(route, listeners);
    default:
      return undefined;
  }
}

const PROTOCOLS: readonly string[] = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'];

/** What other protocols take only their controllers know. */
function isForeign({ protocol }: GatewayListener): boolean {
  return !PROTOCOLS.includes(protocol);
}

function noSuchListener({ sectionName, port, field }: ParentReference, listeners: readonly GatewayListener[]): Problem {
  const names = listeners.map(({ name }) => name);
  if (sectionName !== undefined && !names.includes(sectionName)) {
    const didYouMean = nearest(sectionName, names);
    return { problem: 'no-listener', asked: sectionName, has: names, didYouMean, field: [...field, 'sectionName'] };
  }
  const meant = listeners.filter(({ name }) => name === (sectionName ?? name));
  const has = [...new Set(meant.map((each) => String(each.port)))];
  return { problem: 'no-port', asked: String(port), has, field: [...field, 'port'] };
}

/** GW-04. */
function notAllowed(route: RouteResource, { field }: ParentReference, listeners: readonly GatewayListener[]): Problem {
  const isOfKind = listeners.some((listener) => kindsOf(listener).includes(route.kind));
  const has = listeners.map(({ name }) => name);
  const at = [...field, 'name'];
  return isOfKind
    ? { problem: 'namespace', asked: route.namespace, has, field: at }
    : { problem: 'kind', asked: route.kind, has, field: at };
}

function noSuchHostname({ hostnames }: RouteResource, listeners: readonly GatewayListener[]): Problem {
  const has = [...new Set(listeners.flatMap(({ hostname }) => hostname ?? []))];
  const didYouMean = hostnames.length === 1 ? nearestHost(hostnames[0], has) : undefined;
  const field = ['spec', 'hostnames', ...(hostnames.length === 1 ? [0] : [])];
  return { problem: 'hostname', asked: hostnames.join(', '), has, didYouMean, field };
}
